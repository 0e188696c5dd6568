import numpy as np

features = np.array([[0.2, -1.1, 0.5], [1.3, 0.4, -0.7], [-0.6, 0.9, 1.2], [0.8, -0.3, -1.4], [-1.2, 0.1, 0.3]])
targets = np.array([0, 1, 0, 1, 0])
features_test = np.array([[0.9, 0.2, -0.5], [-0.7, 1.1, 0.6], [0.4, -0.8, -1.0], [-0.3, 0.6, 1.3]])
targets_test = np.array([1, 0, 1, 1])
