#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// Of each image: mean and deviation of the logits, and the means of the slopes by the standardized
// logits s and of slope · s.
enum { MEAN, DEVIATION, SLOPE, PRODUCT, MOMENTS };

typedef struct {
  ck_layout layout;
  const ck_label *labels;
  const float *values;  // logits on the way there, slopes on the way back
  float *standardized;
  float *gradient;
  const double *moments;
  double *partials;
} standardize;

// With the deviation, as Caffe does it; 0 where all logits are equal, of which nothing can be said.
static float inverse(double deviation) {
  return deviation == 0 ? 0.0f : (float)(1.0 / (deviation + 1e-9));
}

enum step { SUM, SQUARES, WRITE, SUM_SLOPES, ADD };

CK_INLINE void standardize_block(const standardize *job, int unit, enum step step) {
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  const double *moments = job->moments + MOMENTS * block.n;
  float mean = (float)moments[MEAN], scale = inverse(moments[DEVIATION]);
  float slope = (float)moments[SLOPE], product = (float)moments[PRODUCT];
  double sums[CK_TILE] = {0}, products[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE], s[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_read_labels(job->labels + block.n * ck_area(l) + pixel, count);
    ck_tile_read(l, job->values, block.n, pixel, count, z);
    ck_tile_mask(&tile, l.c, z);
    if (step == SUM_SLOPES || step == ADD) {
      ck_tile_read(l, job->standardized, block.n, pixel, count, s);
      ck_tile_mask(&tile, l.c, s);
    }
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) {
        float offset = tile.valid[t] ? z[c][t] - mean : 0.0f;
        if (step == SUM || step == SUM_SLOPES) sums[t] += (double)z[c][t];
        if (step == SQUARES) sums[t] += (double)offset * (double)offset;
        if (step == SUM_SLOPES) products[t] += (double)z[c][t] * (double)s[c][t];
        if (step == WRITE) z[c][t] = offset * scale;
        if (step == ADD)
          z[c][t] = tile.valid[t] ? scale * (z[c][t] - slope - product * s[c][t]) : 0.0f;
      }
    if (step == WRITE) ck_tile_write(l, job->standardized, block.n, pixel, count, z);
    if (step == ADD) ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double *partial = job->partials + 2 * unit;
  partial[0] = partial[1] = 0;
  for (int t = 0; t < CK_TILE; t++) partial[0] += sums[t], partial[1] += products[t];
}

CK_KERNEL static void sum_block(void *job, int unit) { standardize_block(job, unit, SUM); }
CK_KERNEL static void squares_block(void *job, int unit) { standardize_block(job, unit, SQUARES); }
CK_KERNEL static void write_block(void *job, int unit) { standardize_block(job, unit, WRITE); }
CK_KERNEL static void slopes_block(void *job, int unit) {
  standardize_block(job, unit, SUM_SLOPES);
}
CK_KERNEL static void add_block(void *job, int unit) { standardize_block(job, unit, ADD); }

// moments[n][first + i] = mean over the image's valid logits of the i-th sum of its blocks.
static void fold(const standardize *job, double *moments, int first, int count) {
  ck_layout l = job->layout;
  int blocks = ck_image_pixel_blocks(l);
  for (int n = 0; n < l.n; n++) {
    long valid = 0;
    const ck_label *labels = job->labels + n * ck_area(l);
    for (long i = 0; i < ck_area(l); i++) valid += labels[i] != CK_IGNORED;
    for (int i = 0; i < count; i++) {
      double total = 0;
      for (int b = 0; b < blocks; b++) total += job->partials[2 * (n * blocks + b) + i];
      moments[MOMENTS * n + first + i] = valid > 0 ? total / ((double)valid * l.c) : 0;
    }
  }
}

void ck_standardize(ck_layout l, const float *logits, const ck_label *labels, float *standardized,
                    double *moments, double *partials, int threads) {
  standardize job = {l, labels, logits, standardized, NULL, moments, partials};
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, sum_block, &job);
  fold(&job, moments, MEAN, 1);
  ck_parallel(threads, units, squares_block, &job);
  fold(&job, moments, DEVIATION, 1);
  for (int n = 0; n < l.n; n++) {
    double *deviation = moments + MOMENTS * n + DEVIATION;
    *deviation = sqrt(*deviation);
  }
  ck_parallel(threads, units, write_block, &job);
}

void ck_standardize_gradient(ck_layout l, const ck_label *labels, float *standardized,
                             const float *slopes, double *moments, float *gradient,
                             double *partials, int threads) {
  standardize job = {l, labels, slopes, standardized, gradient, moments, partials};
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, slopes_block, &job);
  fold(&job, moments, SLOPE, 2);
  ck_parallel(threads, units, add_block, &job);
}
