import numpy as np


def dft(x):
    """Discrete Fourier transform by its definition."""
    N = len(x)
    # TODO
    return np.fft.fft(x)


def amplitude_spectrum(x, fs):
    """One-sided amplitudes and their frequencies in Hz."""
    N = len(x)
    X = dft(x)
    # TODO: all but the mean (and the highest frequency of an even N) stand for two lines
    half = N // 2 + 1
    amp = np.abs(X[:half]) / N
    amp[1:] *= 2
    if N % 2 == 0:
        amp[-1] /= 2
    freq = np.fft.rfftfreq(N, 1 / fs)
    return freq, amp


def dominant_frequency(x, fs):
    """Frequency of the strongest line, without the mean."""
    # TODO
    freq, amp = amplitude_spectrum(x, fs)
    return freq[1 + np.argmax(amp[1:])]


if __name__ == "__main__":
    fs = 16.0
    t = np.arange(16) / fs
    x = 0.5 + 1.5 * np.sin(2 * np.pi * 3 * t) + 0.4 * np.cos(2 * np.pi * 5 * t)
    freq, amp = amplitude_spectrum(x, fs)
    for f, a in zip(freq, amp):
        print(f"{f:5.1f} Hz  {a:.3f}")
    print("dominant:", dominant_frequency(x, fs))
