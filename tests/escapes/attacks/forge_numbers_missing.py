# sends fewer numbers than the shapes need → tampered
import json
import os
import struct
import sys

import numpy as np

def frame(head, raw=b""):
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("<II", len(text), len(raw)) + text + raw


def send(data):
    view = memoryview(data)
    while view:
        view = view[os.write(3, view) :]


def fixed(**changes):
    return {
        "kind": "fixed", "values": {}, "faults": [], "fault_of": [-1], "stdout": "", "givens": {}, "not_found": [],
        "unavailable": [], "places": {}, "names": [], "local": [], "readings": 1, "edition": None, "cells": [], **changes,
    }


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

send(frame(fixed(values={"delta_w_h_o": [[2]]}), bytes(8)))
sys.modules["posix"]._exit(0)  # `os._exit` is an exception here
