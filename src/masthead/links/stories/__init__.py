"""Stories: which articles, of whatever outlets, are on one event."""

from masthead.links.stories.listing import Story, StoryArticle, largest_stories, one_story
from masthead.links.stories.reader import STORIES_SCHEMA, VERSION, StoriesReading, read_stories

__all__ = [
    "STORIES_SCHEMA",
    "VERSION",
    "StoriesReading",
    "Story",
    "StoryArticle",
    "largest_stories",
    "one_story",
    "read_stories",
]
