"""The mess of the world, which a press plants around, into and instead of its clean articles."""

from masthead.press.mess.house import House
from masthead.press.mess.kinds import MESS, MESSY, clean_setting, kinds_of
from masthead.press.mess.mess import Mess, Page

__all__ = ["MESS", "MESSY", "House", "Mess", "Page", "clean_setting", "kinds_of"]
