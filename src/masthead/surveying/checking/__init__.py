"""Before a survey: what a study's words catch in an archive, and a study to start from."""
