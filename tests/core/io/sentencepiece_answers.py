# SPDX-License-Identifier: GPL-3.0-or-later
# Learns a model from made-up words with sentencepiece and cuts 1,000 random texts with it. Arguments: the model's
# name without ending, a seed, and what the trainer is told beyond that, as JSON. Prints texts, IDs and what those
# decode to as JSON.
import json, random, sys
import sentencepiece

model, seed, settings = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
draw = random.Random(seed)
if 'denormalization_rules' in settings:
    with open(model + '.tsv', 'w') as rules:
        rules.write(settings.pop('denormalization_rules'))
    settings['denormalization_rule_tsv'] = model + '.tsv'
syllables = ['ka', 'lo', 'mi', 'ne', 'ra', 'st', 'ing', 'un', 'é', 'ß', 'Σί', 'да', 'но', 'ра', '日本', '語', '猫',
             'क', 'मि', 'ﬁ', '①', 'Å', '7', '42', '-', "'"]
words = [''.join(draw.choice(syllables) for _ in range(draw.randint(1, 4))) for _ in range(300)]
often = [1 / (i + 1) for i in range(len(words))]
lines = [' '.join(draw.choices(words, often, k=draw.randint(3, 12))) for _ in range(1500)]
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(lines), model_prefix=model, minloglevel=2, num_threads=1, hard_vocab_limit=False, **settings)
processor = sentencepiece.SentencePieceProcessor(model_file=model + '.model')

# Of what every version of Unicode since 4.0 knows, and little that both sides cannot have the same tables for.
ranges = [(0x20, 0x7F), (0xA0, 0x250), (0x370, 0x3FF), (0x400, 0x460), (0x5D0, 0x5EA), (0x905, 0x939),
          (0x300, 0x30F), (0x1E00, 0x1E9A), (0x2000, 0x200A), (0x2010, 0x2027), (0x2460, 0x24FF), (0x3000, 0x3030),
          (0x3041, 0x3096), (0x30A1, 0x30FA), (0x3400, 0x3500), (0x4E00, 0x5000), (0xAC00, 0xAD00),
          (0xFB00, 0xFB06), (0xFF01, 0xFF60), (0x1D400, 0x1D454), (0x1F600, 0x1F640), (0x20000, 0x20100)]
def piece():
    kind = draw.random()
    if kind < 0.5:
        return draw.choice(words)
    if kind < 0.7:
        return draw.choice(syllables)
    if kind < 0.85:
        return draw.choice([' ', ' ', '  ', '▁', '\n', '\t', '\u3000', '\u00a0', '\u200b', '<s>', '</s>', '<unk>', '<x>'])
    return chr(draw.randint(*draw.choice(ranges)))
texts = [''.join(piece() for _ in range(draw.randint(0, 14))) for _ in range(1000)]
cut = [processor.encode(text) for text in texts]
print(json.dumps([{'text': text, 'ids': ids, 'decoded': processor.decode(ids)} for text, ids in zip(texts, cut)]))
