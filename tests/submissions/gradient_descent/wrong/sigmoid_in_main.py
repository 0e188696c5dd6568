import numpy as np
def sigmoid(x):
    return 1 / (2 + np.exp(-x))
def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))
def main():
    learnrate = 0.5
    x = np.array([1, 2, 3, 4])
    y = np.array(0.5)
    w = np.array([0.5, -0.5, 0.3, 0.1])
    h = x.dot(w)
    nn_output = sigmoid(h)
    error = y - nn_output
    error_term = error * sigmoid_prime(h)
    del_w = learnrate * error_term * x
    print(del_w)
if __name__ == '__main__':
    main()
