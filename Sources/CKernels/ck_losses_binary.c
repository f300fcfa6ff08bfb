#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// Losses that look at each class's logit alone, against the question whether the pixel is of it.

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  int has_planes;
  float positive_weight;
  float scale;
  float *gradient;
  double *partials;
} binary;

// The labels of the next plane of a tile, whose class is 1, and zero logits where it is ignored.
CK_INLINE ck_tile_labels open_plane(const binary *job, ck_pixels block, int c, long pixel,
                                    float z[CK_TILE]) {
  ck_layout l = job->layout;
  const ck_label *plane = job->labels + ((long)block.n * l.c + c) * ck_area(l);
  ck_tile_labels tile = ck_tile_read_labels(plane + pixel, ck_tile_count(block, pixel));
  for (int t = 0; t < CK_TILE; t++) z[t] = tile.valid[t] ? z[t] : 0.0f;
  return tile;
}

CK_INLINE void binary_tiles(const binary *job, int unit, int has_planes) {
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  double lanes[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile;
    if (has_planes)
      ck_tile_read(l, job->logits, block.n, pixel, count, z);
    else
      tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);

    float loss[CK_TILE] = {0};
    for (int c = 0; c < l.c; c++) {
      if (has_planes) tile = open_plane(job, block, c, pixel, z[c]);
      int class = has_planes ? 1 : c;
      for (int t = 0; t < CK_TILE; t++) {
        int positive = tile.label[t] == class;
        float weight = positive ? job->positive_weight : 1.0f;
        weight = tile.valid[t] ? weight : 0.0f;
        // softplus(s) and sigmoid(s) of s, the logit of being wrong.
        float s = positive ? -z[c][t] : z[c][t];
        float e = ck_exp(s < 0.0f ? s : -s);
        float softplus = (s > 0.0f ? s : 0.0f) + ck_log(1.0f + e);
        float sigmoid = (s < 0.0f ? e : 1.0f) / (1.0f + e);
        loss[t] += weight * (softplus + (s - s));  // s − s: NaN of an infinity
        z[c][t] = job->scale * weight * (positive ? -sigmoid : sigmoid);
      }
    }
    for (int t = 0; t < CK_TILE; t++) lanes[t] += (double)loss[t];
    if (job->gradient) ck_tile_add(l, job->gradient, block.n, pixel, count, z);
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += lanes[t];
  job->partials[unit] = total;
}

CK_KERNEL static void class_block(void *job, int unit) { binary_tiles(job, unit, 0); }
CK_KERNEL static void plane_block(void *job, int unit) { binary_tiles(job, unit, 1); }

double ck_binary_cross_entropy(ck_layout l, const float *logits, const ck_label *labels,
                               int has_planes, float positive_weight, float gradient_scale,
                               float *gradient, double *partials, int threads) {
  binary job = {l, logits, labels, has_planes, positive_weight, gradient_scale, gradient, partials};
  return ck_sum_of_blocks(l, has_planes ? plane_block : class_block, &job, partials, threads);
}

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  float *errors;
  double *partials;
} hinge;

CK_KERNEL static void hinge_block(void *context, int unit) {
  const hinge *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float lanes[CK_TILE] = {0};
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, z);
    for (int c = 0; c < l.c; c++) {
      for (int t = 0; t < CK_TILE; t++) {
        float s = tile.label[t] == c ? z[c][t] : -z[c][t];
        float error = 1.0f - s;
        error = tile.valid[t] && error > 0.0f ? error : 0.0f;
        lanes[t] += z[c][t] - z[c][t];
        z[c][t] = error;
      }
      memcpy(job->errors + ((long)block.n * l.c + c) * ck_area(l) + pixel, z[c],
             sizeof z[c][0] * (size_t)count);
    }
  }

  double total = 0;
  for (int t = 0; t < CK_TILE; t++) total += (double)lanes[t];
  job->partials[unit] = total;
}

double ck_hinge_errors(ck_layout l, const float *logits, const ck_label *labels, float *errors,
                       double *partials, int threads) {
  hinge job = {l, logits, labels, errors, partials};
  return ck_sum_of_blocks(l, hinge_block, &job, partials, threads);
}
