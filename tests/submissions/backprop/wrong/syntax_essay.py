I could not finish the exercise because I was ill last week.
I will hand in the code on Monday.
