"""Text messages behind one door: `TextPort`. Which carrier is a setting (HANDRAIL_TEXTS).

None is built in: the one that ships sends nothing and writes a line into the log that holds
neither the number nor the words. An installation with a carrier adds an adapter of its own.
"""

from handrail.integrations.sms.port import LoggedTexts, TextPort, text_about_time, text_port

__all__ = ["LoggedTexts", "TextPort", "text_about_time", "text_port"]
