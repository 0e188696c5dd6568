# Temperatures of some days
values = [14.5, 17.0, 21.5, 23.0, 19.5, 22.5, 24.0, 25.5, 18.0, 16.5]
width = 3
limit = 20.0

total = 0.0
change = 0.0
warm = []
streak = longest = 0
previous = None
for day, value in enumerate(values):
    total += value  # TODO
    if previous is not None:
        # TODO: the sum of the changes from day to day, up or down
        change += abs(value - previous)
    if value > limit:
        # TODO: note the day, count the warm days in a row
        warm.append(day)
        longest += 1
        streak = max(streak, longest)
    else:
        longest = 0
    previous = value

# TODO
mean = total / len(values)

averages = []
start = 0
while start + width <= len(values):
    # TODO: the moving average
    averages.append(sum(values[start:start + width]) / width)
    start += 1

print("mean:", round(mean, 2))
print("moving average:", averages)
print("warm days:", warm, "longest:", streak)
