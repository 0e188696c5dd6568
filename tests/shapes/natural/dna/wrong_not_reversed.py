"""Sequences as strings: complement, content, translation."""

CODONS = {
    "ATG": "M", "TGG": "W", "TTT": "F", "TTC": "F", "GGA": "G", "GGC": "G", "GCA": "A",
    "AAA": "K", "GAT": "D", "TAA": "*", "TAG": "*", "TGA": "*",
}


def reverse_complement(dna: str) -> str:
    """
    >>> reverse_complement("ATGC")
    'GCAT'
    """
    # TODO
    pairs = {"A": "T", "T": "A", "G": "C", "C": "G"}
    return "".join(pairs[base] for base in dna)


def gc_content(dna: str) -> float:
    """Share of G and C, 0 for an empty sequence."""
    # TODO
    if not dna:
        return 0.0
    return (dna.count("G") + dna.count("C")) / len(dna)


def count_kmers(dna: str, k: int) -> dict:
    """How often each word of length k occurs.

    >>> count_kmers("AAAT", 2)
    {'AA': 2, 'AT': 1}
    """
    # TODO
    counts = {}
    for i in range(len(dna) - k + 1):
        word = dna[i : i + k]
        counts[word] = counts.get(word, 0) + 1
    return counts


def translate(dna: str):
    """Protein from the first ATG to a stop codon; unknown codons are X; None if there is no start."""
    # TODO
    start = dna.find("ATG")
    if start < 0:
        return None
    protein = ""
    for i in range(start, len(dna) - 2, 3):
        amino = CODONS.get(dna[i : i + 3], "X")
        if amino == "*":
            break
        protein += amino
    return protein


if __name__ == "__main__":
    sequence = "CCATGTTTGGAAAAGATTAAGG"
    print(reverse_complement(sequence))
    print(f"GC: {100 * gc_content(sequence):.1f} %")
    print(count_kmers(sequence, 2))
    print(translate(sequence))
    assert translate("CCCGGG") is None
