#include <string.h>

#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"

typedef struct {
  int count, classes;
  const uint8_t *used;
  int h, w, levels;
  const float *strength;
  float *planes;
  double *values;
  float *scratch;
  int shares;
} erosion;

// to = 2 · max(0, mean over the cross − ½) within the frame of zeros; returns the sum, rows in
// their order.
CK_KERNEL static double erode(const float *restrict from, float *restrict to, int h, int w) {
  enum { LANES = 16 };
  long row = w + 2;
  double lanes[LANES] = {0};
  for (int y = 1; y <= h; y++) {
    const float *b = from + y * row;
    float *out = to + y * row;
    for (int x = 1; x <= w; x++) {
      float mean = (b[x] + (b[x - 1] + b[x + 1]) + (b[x - row] + b[x + row])) * 0.2f;
      float value = 2.0f * (mean - 0.5f);
      out[x] = value <= 0.0f ? 0.0f : value;  // keeps NaN
    }
    int x = 1;
    for (; x + LANES <= w + 1; x += LANES)
      for (int lane = 0; lane < LANES; lane++) lanes[lane] += (double)out[x + lane];
    for (; x <= w; x++) lanes[0] += (double)out[x];
  }
  double sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += lanes[lane];
  return sum;
}

// What reaches b_k passes on to where it came from, twice, wherever b_k is above 0. `slope` has a
// frame of zeros.
CK_KERNEL static void pass(const float *restrict eroded, float *restrict slope, int h, int w) {
  long row = w + 2;
  for (long i = row; i < row * (h + 1); i++) slope[i] = eroded[i] <= 0.0f ? 0.0f : 2.0f * slope[i];
}

// to = mean of slope over the cross, plus strength.
CK_KERNEL static void spread(const float *restrict slope, float *restrict to, float strength,
                             int h, int w) {
  long row = w + 2;
  for (int y = 1; y <= h; y++) {
    const float *s = slope + y * row;
    float *out = to + y * row;
    for (int x = 1; x <= w; x++)
      out[x] = (s[x] + (s[x - 1] + s[x + 1]) + (s[x - row] + s[x + row])) * 0.2f + strength;
  }
}

static double erode_plane(const erosion *job, float *plane, float *b) {
  int h = job->h, w = job->w;
  long row = w + 2, framed = row * (h + 2);
  for (int y = 0; y < h; y++)
    memcpy(b + (y + 1) * row + 1, plane + (long)y * w, sizeof(float) * (size_t)w);

  double value = 0;
  int last = 0;  // level above which nothing is left
  for (int k = 1; k <= job->levels; k++) {
    double sum = erode(b + framed * (k - 1), b + framed * k, h, w);
    if (sum == 0) break;
    value += (double)job->strength[k] * sum;
    last = k;
  }
  if (last == 0) {
    memset(plane, 0, sizeof(float) * (size_t)h * (size_t)w);
    return value;
  }

  float *slope = b + framed * (job->levels + 1);
  for (int y = 1; y <= h; y++)
    for (int x = 1; x <= w; x++) slope[y * row + x] = job->strength[last];
  for (int k = last; k >= 1; k--) {
    // b_k has served when it has been passed, so the gradient by b_{k−1} takes its place.
    float *level = b + framed * k;
    pass(level, slope, h, w);
    spread(slope, level, k > 1 ? job->strength[k - 1] : 0.0f, h, w);
    slope = level;
  }
  for (int y = 0; y < h; y++)
    memcpy(plane + (long)y * w, slope + (y + 1) * row + 1, sizeof(float) * (size_t)w);
  return value;
}

// Every thread takes each so many'th plane and has memory of its own.
static void erosion_share(void *context, int unit) {
  const erosion *job = context;
  long area = (long)job->h * job->w, framed = (long)(job->h + 2) * (job->w + 2);
  float *scratch = job->scratch + unit * (job->levels + 2) * framed;
  for (int i = unit; i < job->count; i += job->shares) {
    float *plane = job->planes + i * area;
    if (job->used[i % job->classes]) {
      job->values[i] = erode_plane(job, plane, scratch);
    } else {
      job->values[i] = 0;
      memset(plane, 0, sizeof(float) * (size_t)area);
    }
  }
}

void ck_soft_erosion(int count, int classes, const uint8_t *used, int h, int w, int levels,
                     const float *strength, float *planes, double *values, float *scratch,
                     int threads) {
  erosion job = {count,    classes, used,   h,       w,      levels,
                 strength, planes,  values, scratch, threads};
  ck_parallel(threads, threads, erosion_share, &job);
}
