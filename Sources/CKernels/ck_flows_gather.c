#include <stdlib.h>
#include <string.h>

#include "ck_flows.h"
#include "ck_parallel.h"

typedef struct {
  const float *flows;
  const uint8_t *is_object;
  int h, w, steps;
  int32_t *ends;
} follow;

static inline float within(float x, int count) {
  float last = (float)(count - 1);
  x = x > 0 ? x : 0;  // NaN too
  return x < last ? x : last;
}

// The flow between four pixels' centres.
static inline float between(const follow *job, const float *flow, long place, int below, int beside,
                            float y, float x) {
  long w = job->w;
  const uint8_t *is = job->is_object;
  float a = is[place] ? flow[place] : 0;
  float b = is[place + beside] ? flow[place + beside] : 0;
  float c = is[place + below * w] ? flow[place + below * w] : 0;
  float d = is[place + below * w + beside] ? flow[place + below * w + beside] : 0;
  return (1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * c + x * d);
}

static void follow_row(void *context, int row) {
  const follow *job = context;
  int h = job->h, w = job->w;
  long area = (long)h * w;
  for (int column = 0; column < w; column++) {
    long pixel = (long)row * w + column;
    if (!job->is_object[pixel]) {
      job->ends[pixel] = -1;
      continue;
    }
    float y = (float)row, x = (float)column;
    for (int step = 0; step < job->steps; step++) {
      int top = (int)y, left = (int)x;
      long place = (long)top * w + left;
      int below = top + 1 < h, beside = left + 1 < w;
      float dy = between(job, job->flows, place, below, beside, y - (float)top, x - (float)left);
      float dx =
          between(job, job->flows + area, place, below, beside, y - (float)top, x - (float)left);
      if (dy == 0 && dx == 0) break;
      y = within(y + dy, h);
      x = within(x + dx, w);
    }
    job->ends[pixel] = (int32_t)(y + 0.5f) * w + (int32_t)(x + 0.5f);
  }
}

void ck_flows_follow(const float *flows, const uint8_t *is_object, int h, int w, int steps,
                     int32_t *ends, int threads) {
  follow job = {flows, is_object, h, w, steps, ends};
  ck_parallel(threads, h, follow_row, &job);
}

static int is_peak(const int32_t *counts, int h, int w, int y, int x) {
  long here = (long)y * w + x;
  for (int r = y > 2 ? y - 2 : 0; r <= y + 2 && r < h; r++)
    for (int c = x > 2 ? x - 2 : 0; c <= x + 2 && c < w; c++) {
      long other = (long)r * w + c;
      if (counts[other] > counts[here] || (counts[other] == counts[here] && other < here)) return 0;
    }
  return 1;
}

// A peak: how many ended there, and where.
typedef struct {
  int32_t count, pixel;
} peak;

static int order(const void *one, const void *other) {
  const peak *a = one, *b = other;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return a->pixel < b->pixel ? -1 : a->pixel > b->pixel;
}

// The pixels within 5 steps of a peak that an object grows to get its number.
static void grow(const int32_t *counts, int h, int w, int32_t pixel, int32_t number,
                 int32_t *regions) {
  enum { STEPS = 5, SIDE = 2 * STEPS + 1 };
  int top = pixel / w - STEPS, left = pixel % w - STEPS;
  uint8_t is[SIDE][SIDE] = {{0}}, next[SIDE][SIDE];
  is[STEPS][STEPS] = 1;
  for (int step = 0; step < STEPS; step++) {
    memcpy(next, is, sizeof is);
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++) {
        int r = top + y, c = left + x;
        if (is[y][x] || r < 0 || r >= h || c < 0 || c >= w) continue;
        if (counts[(long)r * w + c] <= 2 || regions[(long)r * w + c]) continue;
        for (int i = y > 0 ? y - 1 : 0; i <= y + 1 && i < SIDE; i++)
          for (int j = x > 0 ? x - 1 : 0; j <= x + 1 && j < SIDE; j++) next[y][x] |= is[i][j];
      }
    memcpy(is, next, sizeof is);
  }
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      if (is[y][x]) regions[(long)(top + y) * w + left + x] = number;
}

int ck_flows_gather(const int32_t *ends, int h, int w, int least, int32_t *map, int32_t *scratch) {
  long area = (long)h * w;
  int32_t *counts = scratch, *regions = map;
  peak *peaks = (peak *)(scratch + area);
  memset(counts, 0, sizeof *counts * (size_t)area);
  memset(regions, 0, sizeof *regions * (size_t)area);
  for (long i = 0; i < area; i++)
    if (ends[i] >= 0) counts[ends[i]]++;
  long found = 0;
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      int32_t pixel = (int32_t)((long)y * w + x);
      if (counts[pixel] >= least && is_peak(counts, h, w, y, x))
        peaks[found++] = (peak){counts[pixel], pixel};
    }
  qsort(peaks, (size_t)found, sizeof *peaks, order);
  int objects = 0;
  for (long i = 0; i < found; i++)
    if (!regions[peaks[i].pixel]) grow(counts, h, w, peaks[i].pixel, ++objects, regions);
  memcpy(counts, regions, sizeof *counts * (size_t)area);
  for (long i = 0; i < area; i++) map[i] = ends[i] >= 0 ? counts[ends[i]] : 0;
  return objects;
}
