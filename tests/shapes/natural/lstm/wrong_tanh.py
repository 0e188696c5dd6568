import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# GRADED FUNCTION: lstm_cell_forward
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    """
    Implement a single forward step of the LSTM-cell

    Arguments:
    xt -- input data at time step "t", numpy array of shape (n_x, m)
    a_prev -- hidden state at time step "t-1", (n_a, m)
    c_prev -- memory state at time step "t-1", (n_a, m)
    parameters -- dictionary with Wf, bf, Wi, bi, Wc, bc, Wo, bo, Wy, by

    Returns:
    a_next, c_next, yt
    """
    Wf = parameters["Wf"]
    bf = parameters["bf"]
    Wi = parameters["Wi"]
    bi = parameters["bi"]
    Wc = parameters["Wc"]
    bc = parameters["bc"]
    Wo = parameters["Wo"]
    bo = parameters["bo"]
    Wy = parameters["Wy"]
    by = parameters["by"]

    ### START CODE HERE ###
    # concatenate a_prev and xt
    concat = np.concatenate((a_prev, xt), axis=0)
    # gates
    ft = sigmoid(np.dot(Wf, concat) + bf)
    it = sigmoid(np.dot(Wi, concat) + bi)
    cct = sigmoid(np.dot(Wc, concat) + bc)
    c_next = ft * c_prev + it * cct
    ot = sigmoid(np.dot(Wo, concat) + bo)
    a_next = ot * np.tanh(c_next)
    # prediction
    z = np.dot(Wy, a_next) + by
    yt_pred = np.exp(z) / np.sum(np.exp(z), axis=0, keepdims=True)
    ### END CODE HERE ###

    return a_next, c_next, yt_pred


np.random.seed(1)
xt_tmp = np.random.randn(3, 4)
a_prev_tmp = np.random.randn(2, 4)
c_prev_tmp = np.random.randn(2, 4)
parameters_tmp = {}
parameters_tmp['Wf'] = np.random.randn(2, 5)
parameters_tmp['bf'] = np.random.randn(2, 1)
parameters_tmp['Wi'] = np.random.randn(2, 5)
parameters_tmp['bi'] = np.random.randn(2, 1)
parameters_tmp['Wo'] = np.random.randn(2, 5)
parameters_tmp['bo'] = np.random.randn(2, 1)
parameters_tmp['Wc'] = np.random.randn(2, 5)
parameters_tmp['bc'] = np.random.randn(2, 1)
parameters_tmp['Wy'] = np.random.randn(2, 2)
parameters_tmp['by'] = np.random.randn(2, 1)

a_next_tmp, c_next_tmp, yt_tmp = lstm_cell_forward(xt_tmp, a_prev_tmp, c_prev_tmp, parameters_tmp)
print("a_next[1] = \n", a_next_tmp[1])
print("c_next[1] = \n", c_next_tmp[1])
print("yt.shape = ", yt_tmp.shape)
