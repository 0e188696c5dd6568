"""Prepared records of an admission."""
import numpy as np

features = np.array([[0.6, -0.8, 1.0], [-1.2, 0.3, 0.0], [0.9, 1.1, 0.0], [-0.4, -1.0, 1.0], [0.2, 0.7, 1.0]])
targets = np.array([1, 0, 1, 0, 1])
features_test = np.array([[0.5, 0.2, 1.0], [-0.9, -0.6, 0.0], [1.3, -0.1, 0.0]])
targets_test = np.array([1, 0, 0])
