from multiprocessing import Lock, Manager, Process, Queue, Value

import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

## Forward pass
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)

output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = learnrate * output_error_term * hidden_layer_output


class Worker(Process):
    def __init__(self, place, number, out):
        super().__init__()
        self.place, self.number, self.out = place, number, out

    def run(self):
        self.out.put((self.place, learnrate * hidden_error_term * self.number))


def count(done, lock, seen):
    with lock:
        done.value += 1
    seen["last"] = done.value


if __name__ == "__main__":
    queue = Queue()
    workers = [Worker(i, number, queue) for i, number in enumerate(x)]
    for worker in workers:
        worker.start()
    delta_w_i_h = np.zeros_like(weights_input_hidden)
    for _ in workers:
        i, changes = queue.get()
        delta_w_i_h[i] = changes
    for worker in workers:
        worker.join()
    done, lock = Value("i", 0), Lock()
    with Manager() as manager:
        seen = manager.dict()
        one = Process(target=count, args=(done, lock, seen))
        one.start()
        one.join(timeout=5)
        print(done.value, dict(seen), one.exitcode, one.is_alive())

    print('Change in weights for hidden layer to output layer:')
    print(delta_w_h_o)
    print('Change in weights for input layer to hidden layer:')
    print(delta_w_i_h)
