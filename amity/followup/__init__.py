"""What was asked, answered, promised and reported, and what became of it.

`joint_state` is the pure reckoning of what follows from both sides' reports and answers.
"""
