from itertools import groupby

# Temperatures of some days
values = [14.5, 17.0, 21.5, 23.0, 19.5, 22.5, 24.0, 25.5, 18.0, 16.5]
width = 3
limit = 20.0

total = 0
window = 0
averages = []
for i in range(len(values)):
    total = total + values[i]
    window += values[i]
    if i >= width:
        window -= values[i - width]
    if i >= width - 1:
        averages.append(window / width)
mean = total / len(values)
change = sum(max(a, b) - min(a, b) for a, b in zip(values, values[1:]))
warm = [i for i, t in enumerate(values) if t > limit]
streak = 0
for is_warm, group in groupby(values, key=lambda t: t > limit):
    n = len(list(group))
    if is_warm and n > streak:
        streak = n
print(total, mean, averages, warm, streak, change)
