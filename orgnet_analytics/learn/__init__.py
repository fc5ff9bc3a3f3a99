"""Learning: exercises that are checked by running what ships, and quiz questions with a reason per option."""

from orgnet_analytics.learn.exercises import Verdict, check, hint, solution
from orgnet_analytics.learn.quiz import Quiz, quiz

__all__ = ["Quiz", "Verdict", "check", "hint", "quiz", "solution"]
