"""Assignment 3 (Machine Learning in Practice): ridge regression on the housing data"""
import csv

import numpy as np

DATA = "housing.csv"
LAMBDA = 0.5


def load(path):
    with open(path, newline="") as handle:
        rows = list(csv.DictReader(handle))
    X = np.array([[float(r["rooms"]), float(r["area"]), float(r["age"])] for r in rows])
    y = np.array([float(r["price"]) for r in rows])
    return X, y


def standardize(X):
    """Zero mean and unit standard deviation in each column; returns mean and deviation, too."""
    # TODO
    mean = X.mean(axis=0)
    std = X.std(axis=0)
    return (X - mean) / std, mean, std


def ridge(X, y, lam=LAMBDA):
    """Weights and bias of ridge regression; the bias is not punished."""
    # TODO: solve the normal equations
    bias = y.mean()
    A = X.T @ X + lam * np.eye(X.shape[1])
    weights = np.linalg.solve(A, X.T @ (y - bias))
    return weights, bias


def rmse(y, prediction):
    # TODO
    return float(np.mean((y - prediction) ** 2))


def main():
    X, y = load(DATA)
    Z, mean, std = standardize(X)
    weights, bias = ridge(Z, y)
    prediction = Z @ weights + bias
    error = rmse(y, prediction)
    print("weights", weights, "bias", bias)
    print(f"RMSE {error:.3f}")


if __name__ == "__main__":
    main()
