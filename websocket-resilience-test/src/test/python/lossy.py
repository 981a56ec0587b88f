# A router that loses packets at random: what the kernel hands to a TUN device comes back from it,
# or does not. Started with the name of the device and a seed, from which follows for each packet in
# turn whether it is lost. Prints JSON lines and obeys commands on stdin:
#
#   lose <percent>   lose this share of what comes from now on
#   count            print how many packets came and how many of them were lost since the last 'lose'
#
# It ends with its stdin, and with it the device is gone.
import fcntl
import json
import os
import random
import select
import struct
import sys

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
LONGEST_PACKET = 65536


def tell(**line):
    print(json.dumps(line), flush=True)


class Router:
    def __init__(self, name, seed):
        self.device = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
        self.random = random.Random(seed)
        self.lose("0")

    def lose(self, percent):
        self.share = int(percent) / 100
        self.came = self.lost = 0

    def count(self):
        tell(event="count", came=self.came, lost=self.lost)

    def forward(self):
        packet = os.read(self.device, LONGEST_PACKET)
        self.came += 1
        if self.random.random() < self.share:
            self.lost += 1
        else:
            os.write(self.device, packet)

    def obey(self, line):
        command, *words = line.split()
        {"lose": self.lose, "count": self.count}[command](*words)
        tell(event="done", text=line)


router = Router(sys.argv[1], int(sys.argv[2]))
tell(event="ready")
commands = b""
while True:
    ready, _, _ = select.select([router.device, sys.stdin], [], [])
    if router.device in ready:
        router.forward()
    if sys.stdin in ready:
        read = os.read(sys.stdin.fileno(), 4096)
        if not read:
            break
        *lines, commands = (commands + read).split(b"\n")
        for line in lines:
            router.obey(line.decode())
