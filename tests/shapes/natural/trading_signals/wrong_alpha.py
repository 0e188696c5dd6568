# Bollinger bands and trading signals
import numpy as np

price = np.array([10.2, 10.5, 10.1, 9.8, 9.9, 10.4, 11.2, 11.0, 10.6, 10.9, 9.2, 9.6])
window = 4
k = 1.2

# --- TODO 1: exponential moving average with alpha = 2 / (window + 1) --------
alpha = 2 / (window + 1)
ema = np.zeros(len(price))
ema[0] = price[0]
for i in range(1, len(price)):
    ema[i] = (1 - alpha) * price[i] + alpha * ema[i - 1]

# --- TODO 2: rolling mean and standard deviation of full windows -------------
mean = np.array([price[i - window + 1:i + 1].mean() for i in range(window - 1, len(price))])
std = np.array([price[i - window + 1:i + 1].std() for i in range(window - 1, len(price))])

# --- TODO 3: a signal for each full window -----------------------------------
signals = []
for p, m, s in zip(price[window - 1:], mean, std):
    if p > m + k * s:
        signals.append("sell")
    elif p < m - k * s:
        signals.append("buy")
    else:
        signals.append("hold")

# --- TODO 4: largest loss from a peak ----------------------------------------
drawdown = np.max(1 - price / np.maximum.accumulate(price))

print("EMA:", np.round(ema, 3))
print("signals:", signals)
print("drawdown: %.1f %%" % (100 * drawdown))
