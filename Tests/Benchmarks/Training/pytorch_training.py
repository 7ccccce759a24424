"""The PyTorch side of `./test --bench training`: the same networks, batches, losses and optimizers, written as a PyTorch user would.

The first line that it reads is {"model", "batch", "loss", "optimizer", "rate", "threads", "count"}; behind it come `count`
images, 784 bytes each. It answers with {"version", "parameters"}. Each further line asks for one pass over the images and is
answered with {"seconds", "processor"}: time on the clock, and on all processors together.
"""
import json
import signal
import sys
import time

signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asks ends this one too

try:
    import torch
    from torch import nn
except ImportError as error:
    sys.exit(str(error))


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
    "deep-49": lambda: dense([784, 147, 98, 49], nn.ReLU, None, nn.Sigmoid),
    "dense-30": lambda: dense([784, 1000, 500, 30], nn.ReLU, nn.ReLU, None),
    "conv-2": conv2,
    "conv-49": conv49,
}
LOSSES = {"mse": nn.MSELoss, "bce": nn.BCELoss}
OPTIMIZERS = {"Adam": torch.optim.Adam, "RMSprop": torch.optim.RMSprop}


def train(pixels, model, criterion, optimizer, batch):
    """One epoch."""
    model.train()
    total = 0.0
    for rows in torch.randperm(len(pixels)).split(batch):
        clean = pixels[rows].to(torch.float32).div_(255)
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(clean), clean)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
    return total / len(pixels)


def answer(**figures):
    print(json.dumps(figures), flush=True)


def main():
    torch.manual_seed(1)
    request = json.loads(sys.stdin.buffer.readline())
    torch.set_num_threads(request["threads"])
    count = request["count"]
    pixels = torch.frombuffer(bytearray(sys.stdin.buffer.read(count * 784)), dtype=torch.uint8).view(count, 784)
    model = NETWORKS[request["model"]]()
    criterion = LOSSES[request["loss"]]()
    optimizer = OPTIMIZERS[request["optimizer"]](model.parameters(), lr=request["rate"])
    answer(version=torch.__version__, parameters=sum(p.numel() for p in model.parameters()))
    for _ in sys.stdin.buffer:
        begin, processor = time.perf_counter(), time.process_time()
        train(pixels, model, criterion, optimizer, request["batch"])
        answer(seconds=time.perf_counter() - begin, processor=time.process_time() - processor)


if __name__ == "__main__":
    main()
