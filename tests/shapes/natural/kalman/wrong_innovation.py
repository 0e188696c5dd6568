"""State estimation, homework 2: a Kalman filter for position and velocity."""
from typing import NamedTuple

import numpy as np


class Estimate(NamedTuple):
    mean: np.ndarray
    covariance: np.ndarray


def predict(estimate: Estimate, F, Q) -> Estimate:
    # TODO
    return Estimate(F @ estimate.mean, F @ estimate.covariance @ F.T + Q)


def update(estimate: Estimate, z, H, R) -> Estimate:
    # TODO: innovation, gain, new mean and covariance
    innovation = H @ estimate.mean - z
    S = H @ estimate.covariance @ H.T + R
    K = estimate.covariance @ H.T @ np.linalg.inv(S)
    mean = estimate.mean + K @ innovation
    covariance = (np.eye(len(mean)) - K @ H) @ estimate.covariance
    return Estimate(mean, covariance)


def filter_all(measurements, start, F, Q, H, R):
    """Means after each measurement."""
    estimate = start
    means = []
    for z in measurements:
        # TODO
        estimate = update(predict(estimate, F, Q), z, H, R)
        means.append(estimate.mean)
    return np.array(means)


if __name__ == "__main__":
    dt = 0.5
    F = np.array([[1.0, dt], [0.0, 1.0]])
    H = np.array([[1.0, 0.0]])
    Q = 0.01 * np.eye(2)
    R = np.array([[0.25]])
    start = Estimate(np.array([0.0, 1.0]), np.eye(2))
    measurements = np.array([[0.6], [1.1], [1.4], [2.2]])
    means = filter_all(measurements, start, F, Q, H, R)
    after = update(predict(start, F, Q), measurements[0], H, R)
    print(means)
    print(after.covariance)
