"""The PyTorch side of `onnxae bench training`: the same networks, batches, losses and optimizers, written as a PyTorch user would.

It speaks JSON, one object a line. First comes {"threads", "pixels", "count"}: a file of `count` images, 784 bytes each.
Then one {"model", "batch", "loss", "optimizer", "rate"} a network, answered with {"parameters"}, and any number of
{"epoch": true}, each answered with {"seconds", "processor", "loss"} of one pass over the images: time on the clock, and
on all processors together.
"""
import json
import sys
import time

import torch
from torch import nn


def dense(widths, hidden, code, output):
    """Encoder through widths, decoder back the same way."""

    def stack(sizes, last):
        layers = []
        for i in range(1, len(sizes)):
            layers.append(nn.Linear(sizes[i - 1], sizes[i]))
            activation = last if i == len(sizes) - 1 else hidden
            if activation is not None:
                layers.append(activation())
        return layers

    return nn.Sequential(*stack(widths, code), *stack(widths[::-1], output))


def conv2():
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(),
        nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.ReLU(),  # 14 x 14
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(12544, 32), nn.ReLU(), nn.Linear(32, 2),
        nn.Linear(2, 12544), nn.ReLU(), nn.Unflatten(1, (64, 14, 14)),
        nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
        nn.Conv2d(32, 1, 3, padding=1), nn.Sigmoid(), nn.Flatten())


def conv49():
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 128, 7, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(128, 32, 2, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 1, 7, padding="same"), nn.ReLU(),  # the code, 7 x 7
        nn.Conv2d(1, 32, 7, padding="same"), nn.ReLU(), nn.Upsample(scale_factor=2),
        nn.Conv2d(32, 128, 2, padding="same"), nn.ReLU(), nn.Upsample(scale_factor=2),
        nn.Conv2d(128, 1, 7, padding="same"), nn.Sigmoid(), nn.Flatten())


NETWORKS = {
    "S2.deep49": lambda: dense([784, 147, 98, 49], nn.ReLU, None, nn.Sigmoid),
    "S3.dense30": lambda: dense([784, 1000, 500, 30], nn.ReLU, nn.ReLU, None),
    "S0.conv2": conv2,
    "S2.conv49": conv49,
}
LOSSES = {"mse": nn.MSELoss, "bce": nn.BCELoss}
OPTIMIZERS = {
    "Adam": lambda parameters, rate: torch.optim.Adam(parameters, lr=rate),
    "RMSprop": lambda parameters, rate: torch.optim.RMSprop(parameters, lr=rate),
}


class Session:
    """A network in training."""

    def __init__(self, pixels, model, batch, loss, optimizer, rate):
        self.pixels, self.batch = pixels, batch
        self.model = NETWORKS[model]()
        self.criterion = LOSSES[loss]()
        self.optimizer = OPTIMIZERS[optimizer](self.model.parameters(), rate)

    def epoch(self):
        self.model.train()
        total = 0.0
        for rows in torch.randperm(len(self.pixels)).split(self.batch):
            clean = self.pixels[rows].to(torch.float32).div_(255)
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.criterion(self.model(clean), clean)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(rows)
        return total / len(self.pixels)


def answer(**figures):
    print(json.dumps(figures), flush=True)


def main():
    torch.manual_seed(1)
    start = json.loads(sys.stdin.readline())
    torch.set_num_threads(start["threads"])
    count = start["count"]
    pixels = torch.from_file(start["pixels"], size=count * 784, dtype=torch.uint8).clone().view(count, 784)
    answer(version=torch.__version__, threads=torch.get_num_threads())
    session = None
    for line in sys.stdin:
        request = json.loads(line)
        if "model" in request:
            session = Session(pixels, **request)
            answer(parameters=sum(p.numel() for p in session.model.parameters()))
        else:
            begin, processor = time.perf_counter(), time.process_time()
            loss = session.epoch()
            answer(seconds=time.perf_counter() - begin, processor=time.process_time() - processor, loss=loss)


if __name__ == "__main__":
    main()
