import numpy as np

learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])

results = {}
results["h"] = float(np.dot(x, w))
results["nn_output"] = 1 / (1 + np.exp(-results["h"]))
results["error"] = y - results["nn_output"]
results["error_term"] = results["error"] * results["nn_output"] * (1 - results["nn_output"])
results["del_w"] = learnrate * results["error_term"] * x
for k, v in results.items():
    print(f"{k:>12}: {v}")
locals().update(results)
