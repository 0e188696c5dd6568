import numpy as np

features = np.array([[0.5, -1.0, 0.3], [1.2, 0.7, -0.4], [-0.8, 0.2, 1.1], [0.1, -0.6, -1.3]])
targets = np.array([1, 0, 1, 0])
