"""Run lengths of Kaggle's competitions, against the code that its kernels decode them with."""

import numpy as np

from cases import Expected, case, image, text


def encode(pixels, rows=False):
    """Pairs of a start, from 1, and a length."""
    flat = np.concatenate([[0], (pixels if rows else pixels.T).reshape(-1), [0]])
    changes = np.where(flat[1:] != flat[:-1])[0] + 1
    changes[1::2] -= changes[::2]
    return " ".join(map(str, changes))


def decode(rle, height, width, rows=False):
    """As the kernels do."""
    numbers = np.array(rle.split(), int)
    mask = np.zeros(height * width, np.uint8)
    for start, length in zip(numbers[::2] - 1, numbers[1::2]):
        mask[start:start + length] = 1
    return mask.reshape(height, width) if rows else mask.reshape(width, height).T


def blob(random, height, width):
    rows, columns = np.mgrid[:height, :width]
    y, x, radius = random.uniform(0, height), random.uniform(0, width), random.uniform(3, 12)
    return ((rows - y) ** 2 + (columns - x) ** 2 <= radius ** 2).astype(np.uint8)


def table(folder, header, cells, images, classes, rows=False, where="train", ending=""):
    """`cells` words a row; `classes` how many there are."""
    random = np.random.default_rng(len(images))
    lines, expected = [header], Expected(options=["--order", "rows"] if rows else [], is_recognized=not rows)
    for number, name in enumerate(images):
        height, width = 30, 40 + number
        image(folder / where / f"{name}{ending}", height, width, number)
        mask, numbers = np.zeros((height, width), int), np.zeros((height, width), int)
        for count in range(0 if number == 1 else 3):
            label = count % classes + 1
            rle = encode(blob(random, height, width), rows)
            lines.append(cells(name, label, rle, height, width))
            pixels = decode(rle, height, width, rows) > 0
            mask[pixels], numbers[pixels] = label, count + 1
        if number == 1:
            lines.append(cells(name, 1, "", height, width))
        expected.masks[f"{where}/{name}{ending}"] = mask
        if number != 1:
            expected.instances[f"{where}/{name}{ending}"] = numbers
    text(folder / "train.csv", "\n".join(lines) + "\n")
    return expected


@case("kaggle-rle")
def ships(folder):
    text(folder / "sample_submission.csv", "ImageId,EncodedPixels\nx.jpg,1 1\n")
    expected = table(folder, "ImageId,EncodedPixels", lambda n, c, r, h, w: f"{n},{r}", ["a.jpg", "b.jpg", "c d.jpg"], 1)
    expected.classes = ["background", "object"]
    return expected


@case("kaggle-rle")
def steel_with_classes(folder):
    expected = table(folder, "ImageId,ClassId,EncodedPixels", lambda n, c, r, h, w: f"{n},{c},{r}",
                     [f"{i}.jpg" for i in range(4)], 3, where="train_images")
    expected.classes = ["background", "1", "2", "3"]
    return expected


@case("kaggle-rle")
def classes_behind_the_names(folder):
    text(folder / "readme.txt", "")
    return table(folder, "\ufeffImageId_ClassId,EncodedPixels", lambda n, c, r, h, w: f"{n}_{c},{r}",
                 ["x_1.jpg", "x_2.jpg", "y.jpg"], 2, where="train_images")


@case("kaggle-rle")
def nuclei_in_folders_of_their_own(folder):
    random = np.random.default_rng(1)
    lines, expected = ["ImageId,EncodedPixels"], Expected(classes=["background", "object"])
    for name in ["aa11", "bb22", "cc33"]:
        where = f"stage1_train/{name}/images/{name}.png"
        image(folder / where, 30, 40)
        mask = np.zeros((30, 40), int)
        for number in range(4):
            image(folder / f"stage1_train/{name}/masks/{name}{number}.png", 30, 40, mode="L")
            rle = encode(blob(random, 30, 40))
            lines.append(f"{name},{rle}")
            mask[decode(rle, 30, 40) > 0] = 1
        expected.masks[where] = mask
    text(folder / "stage1_train_labels.csv", "\r\n".join(lines))
    return expected


@case("kaggle-rle")
def rows_and_quotes(folder):
    return table(folder, "id,annotation,width,height,cell_type",
                 lambda n, c, r, h, w: f'{n},"{r}",{w},{h},{["astro", "cort"][c - 1]}',
                 [f"{i}" for i in range(4)], 2, rows=True, ending=".png")


@case("kaggle-rle")
def lengths_beyond_the_image(folder):
    image(folder / "train/a.png", 10, 10)
    text(folder / "train.csv", "ImageId,EncodedPixels\na.png,95 9\na.png,3\na.png,0 4\n")
    return Expected(refused=["train.csv:2", "'95 9' is outside of 1…100", "train.csv:3", "train.csv:4"])


@case("kaggle-rle")
def missing_images(folder):
    image(folder / "train/a.png", 10, 10)
    text(folder / "train.csv", "ImageId,EncodedPixels\na.png,5 9\nb.png,3 3\nc.png,\n")
    return Expected(refused=["train.csv:3", "image b.png is nowhere", "image c.png is nowhere"])
