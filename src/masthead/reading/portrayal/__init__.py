"""How a sentence shows a subject: favourably, neutrally or unfavourably, read without knowing its name."""
