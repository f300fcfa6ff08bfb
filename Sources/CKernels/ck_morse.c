#include <string.h>

#include "ck_math.h"
#include "ck_topology.h"

// The eight neighbours around a pixel, clockwise from above.
static const int ring_rows[8] = {-1, -1, 0, 1, 1, 1, 0, -1};
static const int ring_columns[8] = {0, 1, 1, 1, 0, -1, -1, -1};

typedef struct {
  int h, w;
  const float *values;
  float persistence;
  const int32_t *rank;  // of each pixel in the falling order
  const ck_persistence_pair *pairs;
  int32_t *pair_of;  // of each peak; -1 where the path over it has been followed
  uint8_t *skeleton;
  int32_t *stack;  // pairs whose paths are to be followed
  long waiting;
} morse;

long ck_morse_scratch(int h, int w) {
  long area = (long)h * w;
  return area * (2 * 8 + (long)sizeof(ck_persistence_pair) + 6 * 4) + 2 * 8;
}

// The neighbours that are higher than the pixel, by their places around it; -1: none, or lower.
static void higher_ring(const morse *at, int32_t pixel, int32_t ring[8]) {
  int y = pixel / at->w, x = pixel % at->w;
  for (int i = 0; i < 8; i++) {
    int row = y + ring_rows[i], column = x + ring_columns[i];
    ring[i] = -1;
    if (row < 0 || row >= at->h || column < 0 || column >= at->w) continue;
    int32_t near = (int32_t)((long)row * at->w + column);
    if (at->rank[near] < at->rank[pixel]) ring[i] = near;
  }
}

// Marks the steepest ascent from a pixel to a peak, or to a path that has been followed. A peak that does not
// persist is left over its saddle.
static void ascend(morse *at, int32_t pixel) {
  while (!at->skeleton[pixel]) {
    at->skeleton[pixel] = 1;
    int32_t ring[8], highest = -1;
    higher_ring(at, pixel, ring);
    for (int i = 0; i < 8; i++)
      if (ring[i] >= 0 && (highest < 0 || at->rank[ring[i]] < at->rank[highest]))
        highest = ring[i];
    if (highest < 0) {
      int32_t pair = at->pair_of[pixel];
      if (pair < 0 || at->pairs[pair].saddle < 0) return;
      float rise = at->values[pixel] - at->values[at->pairs[pair].saddle];
      if (rise <= at->persistence) {
        at->pair_of[pixel] = -1;
        at->stack[at->waiting++] = pair;
      }
      return;
    }
    pixel = highest;
  }
}

static void follow(morse *at, const ck_persistence_pair *pair) {
  at->skeleton[pair->saddle] = 1;
  ascend(at, pair->younger);
  ascend(at, pair->older);
}

static void follow_waiting(morse *at) {
  while (at->waiting > 0) follow(at, at->pairs + at->stack[--at->waiting]);
}

// Ascends on every side of a saddle: from the highest of each run of higher neighbours that touch at edges or
// corners.
static void ascend_all(morse *at, int32_t saddle) {
  int32_t ring[8];
  higher_ring(at, saddle, ring);
  int side[8];
  for (int i = 0; i < 8; i++) side[i] = i;
  // Neighbours touch those beside them, and those at edges of the saddle one another over its corners.
  for (int pass = 0; pass < 8; pass++)
    for (int i = 0; i < 8; i++)
      for (int step = 1; step <= (i % 2 == 0 ? 2 : 1); step++) {
        int next = (i + step) & 7;
        if (ring[i] < 0 || ring[next] < 0) continue;
        int low = side[i] < side[next] ? side[i] : side[next];
        side[i] = side[next] = low;
      }
  for (int first = 0; first < 8; first++) {
    int32_t highest = -1;
    for (int i = 0; i < 8; i++)
      if (ring[i] >= 0 && side[i] == first &&
          (highest < 0 || at->rank[ring[i]] < at->rank[highest]))
        highest = ring[i];
    if (highest >= 0) ascend(at, highest);
  }
}

void ck_morse_skeleton(const float *values, int h, int w, float persistence, float least,
                       uint8_t *skeleton, void *scratch) {
  long area = (long)h * w;
  uint64_t *items = scratch;
  ck_persistence_pair *pairs = (ck_persistence_pair *)(items + 2 * area);
  int32_t *order = (int32_t *)(pairs + area), *rank = order + area, *pair_of = rank + area;
  int32_t *stack = pair_of + area, *forest = stack + area;
  memset(skeleton, 0, (size_t)area);
  if (area == 0) return;

  // Valleys first: what is lower, from the bottom, and as ridges touch at corners, valleys do not.
  ck_falling_order(values, area, order, items);
  for (long i = 0; i < area; i++) stack[area - 1 - i] = order[i];
  long valleys = ck_persistence_pairs(stack, h, w, 0, 0, pairs, forest), passes = 0;
  int32_t *pass = (int32_t *)items;
  for (long i = 0; i < valleys; i++) {
    int32_t saddle = pairs[i].saddle;
    if (saddle < 0 || values[saddle] < least) continue;
    if (values[saddle] - values[pairs[i].peak] > persistence) pass[passes++] = saddle;
  }

  long count = ck_persistence_pairs(order, h, w, 1, 0, pairs, forest);
  for (long i = 0; i < area; i++) {
    rank[order[i]] = (int32_t)i;
    pair_of[i] = -1;
  }
  for (long i = 0; i < count; i++) pair_of[pairs[i].peak] = (int32_t)i;
  morse at = {h, w, values, persistence, rank, pairs, pair_of, skeleton, stack, 0};
  for (long i = 0; i < count; i++) {
    int32_t saddle = pairs[i].saddle;
    if (saddle < 0 || values[saddle] < least) continue;
    if (values[pairs[i].peak] - values[saddle] > persistence) follow(&at, pairs + i);
    follow_waiting(&at);
  }
  for (long i = 0; i < passes; i++) {
    skeleton[pass[i]] = 1;
    ascend_all(&at, pass[i]);
    follow_waiting(&at);
  }
}
