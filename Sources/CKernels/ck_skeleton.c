#include <string.h>

#include "ck_topology.h"

// Which of the neighbours above, above right, right … above left (bits 0 to 7) share the label.
static unsigned neighbours(const ck_label *here, int y, int x, int h, int w) {
  ck_label label = *here;
  int up = y > 0, down = y + 1 < h, left = x > 0, right = x + 1 < w;
  unsigned bits = 0;
  if (up) {
    bits |= (unsigned)(here[-w] == label);
    if (right) bits |= (unsigned)(here[1 - w] == label) << 1;
    if (left) bits |= (unsigned)(here[-1 - w] == label) << 7;
  }
  if (right) bits |= (unsigned)(here[1] == label) << 2;
  if (left) bits |= (unsigned)(here[-1] == label) << 6;
  if (down) {
    if (right) bits |= (unsigned)(here[w + 1] == label) << 3;
    bits |= (unsigned)(here[w] == label) << 4;
    if (left) bits |= (unsigned)(here[w - 1] == label) << 5;
  }
  return bits;
}

// Bit 0: the first half of a step takes a pixel with these neighbours away; bit 1: the second half.
static unsigned removal(unsigned bits) {
  int count = 0, changes = 0;
  for (int i = 0; i < 8; i++) {
    int now = bits >> i & 1, next = bits >> ((i + 1) & 7) & 1;
    count += now;
    changes += !now && next;
  }
  if (count < 2 || count > 6 || changes != 1) return 0;
  int up = bits & 1, right = bits >> 2 & 1, down = bits >> 4 & 1, left = bits >> 6 & 1;
  unsigned first = !(up && right && down) && !(right && down && left);
  unsigned second = !(up && right && left) && !(up && down && left);
  return first | second << 1;
}

// What scikit-image 0.26 decides otherwise than the paper: it takes corners of lines away and keeps some
// ends of two pixels. Values of metrics are compared with those that its skeletons give.
static const struct {
  uint8_t bits, removal;
} exceptions[] = {
    {0x03, 1}, {0x05, 3}, {0x06, 1}, {0x07, 1}, {0x0c, 2}, {0x0d, 2}, {0x14, 3},
    {0x18, 0}, {0x1c, 2}, {0x30, 2}, {0x34, 2}, {0x36, 2}, {0x41, 3}, {0x43, 1},
    {0x50, 3}, {0x58, 2}, {0x60, 2}, {0x61, 1}, {0x63, 1}, {0x70, 2}, {0x81, 1},
    {0x85, 1}, {0xc0, 0}, {0xc1, 1}, {0xd0, 1},
};

void ck_skeletons(const ck_label *labels, int h, int w, int first, ck_label *skeletons,
                  int32_t *scratch) {
  uint8_t removals[256];
  for (unsigned bits = 0; bits < 256; bits++) removals[bits] = (uint8_t)removal(bits);
  for (unsigned i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
    removals[exceptions[i].bits] = exceptions[i].removal;
  // The pixels that are left of the classes.
  long area = (long)h * w, left = 0;
  for (long i = 0; i < area; i++) {
    int is_class = labels[i] >= first && labels[i] != CK_IGNORED;
    skeletons[i] = is_class ? labels[i] : CK_IGNORED;
    if (is_class) scratch[left++] = (int32_t)i;
  }
  for (int quiet = 0, half = 0; quiet < 2; half ^= 1) {
    // Those that go are put behind those that stay, and all go at once.
    long gone = left;
    for (long i = 0; i < gone;) {
      int32_t place = scratch[i];
      unsigned bits = neighbours(skeletons + place, place / w, place % w, h, w);
      if (removals[bits] >> half & 1) {
        gone--;
        scratch[i] = scratch[gone];
        scratch[gone] = place;
      } else {
        i++;
      }
    }
    for (long i = gone; i < left; i++) skeletons[scratch[i]] = CK_IGNORED;
    quiet = gone == left ? quiet + 1 : 0;
    left = gone;
  }
}

void ck_skeleton_overlaps(const ck_label *skeletons, const ck_label *labels, long count, int classes,
                          int64_t *counts) {
  memset(counts, 0, sizeof *counts * 2 * (size_t)classes);
  for (long i = 0; i < count; i++) {
    ck_label label = skeletons[i];
    if (label >= classes) continue;
    counts[2 * label]++;
    counts[2 * label + 1] += labels[i] == label;
  }
}
