"""Two texts, invented, that moderators decide on again and again in the tests of what is learned."""

SPAM = "wonderful lottery winner prize claim fortune casino bonus jackpot today"
GENUINE = "thank you, breathing slowly beside the river helped when nights were long"
