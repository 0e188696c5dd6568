# Stock prices: moving average, returns and drawdown
import csv

WINDOW = 3

dates, prices = [], []
with open("prices.csv") as f:
    reader = csv.DictReader(f)
    for row in reader:
        dates.append(row["date"])
        prices.append(float(row["close"]))

# TODO 1: simple moving average over WINDOW days
import numpy as np
sma = np.convolve(prices, np.ones(WINDOW) / WINDOW, mode='valid')

# TODO 2: daily returns
returns = [prices[i] / prices[i - 1] - 1 for i in range(1, len(prices))]

# TODO 3: largest drawdown
peak = prices[0]
max_drawdown = 0.0
for p in prices:
    peak = max(peak, p)
    max_drawdown = max(max_drawdown, (peak - p) / peak)

# TODO 4: number of days with a gain
gains = len([r for r in returns if r > 0])

print(dates[-1], sma[-1])
print(f"drawdown {max_drawdown:.1%}, {gains} days up")
