#include <string.h>

#include "ck_math.h"
#include "ck_topology.h"

enum { DIGITS = 3, BUCKETS = 2048 };

// Unsigned integers that fall as floats rise.
CK_INLINE uint32_t falling_key(float value) {
  uint32_t bits = ck_bits_of_float(value);
  return bits >> 31 ? bits : ~bits & 0x7FFFFFFFu;
}

// Stable radix sort of keys before places, least digit first.
void ck_falling_order(const float *values, long count, int32_t *order, uint64_t *scratch) {
  uint32_t histogram[DIGITS][BUCKETS];
  memset(histogram, 0, sizeof histogram);
  uint64_t *items = scratch, *spare = scratch + count;
  for (long i = 0; i < count; i++) {
    uint32_t key = falling_key(values[i]);
    items[i] = (uint64_t)key << 32 | (uint64_t)i;
    for (int digit = 0; digit < DIGITS; digit++)
      histogram[digit][key >> 11 * digit & (BUCKETS - 1)]++;
  }
  for (int digit = 0; digit < DIGITS; digit++) {
    uint32_t *place = histogram[digit], start = 0;
    for (int b = 0; b < BUCKETS; b++) {
      uint32_t size = place[b];
      place[b] = start;
      start += size;
    }
    int shift = 32 + 11 * digit;
    for (long i = 0; i < count; i++)
      spare[place[items[i] >> shift & (BUCKETS - 1)]++] = items[i];
    uint64_t *sorted = spare;
    spare = items;
    items = sorted;
  }
  for (long i = 0; i < count; i++) order[i] = (int32_t)(items[i] & 0xFFFFFFFFu);
}

// The component of a pixel is known by its peak.
static int32_t peak_of(int32_t *parent, int32_t pixel) {
  while (parent[pixel] != pixel) {
    parent[pixel] = parent[parent[pixel]];
    pixel = parent[pixel];
  }
  return pixel;
}

// A component that touches a pixel, and its first pixel there.
typedef struct {
  int32_t peak, first;
} touching;

// Those of the pixel's neighbours that have been added, at most four, and what lies around the image.
static int touch(int32_t pixel, int h, int w, int corners, int outside, int32_t *parent,
                 const int32_t *rank, touching *found) {
  int y = pixel / w, x = pixel % w, count = 0;
  if (outside && (y == 0 || y == h - 1 || x == 0 || x == w - 1)) {
    touching around = {(int32_t)((long)h * w), -1};
    found[count++] = around;
  }
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++) {
      int row = y + dy, column = x + dx;
      if ((dy == 0 && dx == 0) || (!corners && dy && dx)) continue;
      if (row < 0 || row >= h || column < 0 || column >= w) continue;
      int32_t near = (int32_t)((long)row * w + column);
      if (parent[near] < 0) continue;
      int32_t peak = peak_of(parent, near);
      int at = 0;
      while (at < count && found[at].peak != peak) at++;
      if (at == count) {
        found[count].peak = peak;
        found[count++].first = near;
      } else if (found[at].first >= 0 && rank[near] < rank[found[at].first]) {
        found[at].first = near;
      }
    }
  return count;
}

long ck_persistence_pairs(const int32_t *order, int h, int w, int corners, int outside,
                          ck_persistence_pair *pairs, int32_t *scratch) {
  long area = (long)h * w, count = 0;
  int32_t *parent = scratch, *rank = scratch + area + 1;
  for (long i = 0; i < area; i++) {
    parent[i] = -1;
    rank[order[i]] = (int32_t)i;
  }
  parent[area] = (int32_t)area;
  rank[area] = -1;
  for (long i = 0; i < area; i++) {
    int32_t pixel = order[i];
    touching found[9];
    int components = touch(pixel, h, w, corners, outside, parent, rank, found);
    if (components == 0) {
      parent[pixel] = pixel;
      continue;
    }
    int eldest = 0;
    for (int c = 1; c < components; c++)
      if (rank[found[c].peak] < rank[found[eldest].peak]) eldest = c;
    parent[pixel] = found[eldest].peak;
    for (int c = 0; c < components; c++) {
      if (c == eldest) continue;
      ck_persistence_pair pair = {found[c].peak, pixel, found[c].first, found[eldest].first};
      pairs[count++] = pair;
      parent[found[c].peak] = found[eldest].peak;
    }
  }
  if (!outside) {
    ck_persistence_pair oldest = {order[0], -1, -1, -1};
    pairs[count++] = oldest;
  }
  return count;
}
