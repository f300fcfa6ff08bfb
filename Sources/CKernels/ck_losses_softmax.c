#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  const ck_label *labels;
  float sharpness;
  float *p;
  const float *slopes;
  float scale;
  float *gradient;
} softmax;

CK_INLINE ck_tile_labels probabilities(const softmax *job, ck_pixels block, long pixel,
                                       float p[][CK_TILE]) {
  ck_layout l = job->layout;
  ck_tile_labels tile = ck_tile_open(l, job->logits, job->labels, block, pixel, p);
  for (int c = 0; c < l.c; c++)
    for (int t = 0; t < CK_TILE; t++) p[c][t] *= job->sharpness;
  ck_tile_softmax(l.c, p);
  return tile;
}

// Where a class's values of a block's pixels lie in a map [N, K, H, W].
CK_INLINE long map_index(ck_layout l, ck_pixels block, int c, long pixel) {
  return ((long)block.n * l.c + c) * ck_area(l) + pixel;
}

CK_KERNEL static void softmax_block(void *context, int unit) {
  const softmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);
  float p[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = probabilities(job, block, pixel, p);
    ck_tile_mask(&tile, l.c, p);
    for (int c = 0; c < l.c; c++)
      memcpy(job->p + map_index(l, block, c, pixel), p[c], sizeof p[c][0] * (size_t)count);
  }
}

void ck_softmax(ck_layout l, const float *logits, const ck_label *labels, float sharpness, float *p,
                int threads) {
  softmax job = {l, logits, labels, sharpness, .p = p};
  ck_parallel(threads, ck_pixel_blocks(l), softmax_block, &job);
}

CK_KERNEL static void gradient_block(void *context, int unit) {
  const softmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);
  float p[CK_MAX_CLASSES][CK_TILE], q[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_labels tile = probabilities(job, block, pixel, p);
    float mean[CK_TILE] = {0};
    for (int c = 0; c < l.c; c++) {
      const float *from = job->slopes + map_index(l, block, c, pixel);
      memcpy(q[c], from, sizeof q[c][0] * (size_t)count);
      for (int t = 0; t < CK_TILE; t++) {
        q[c][t] = tile.valid[t] ? q[c][t] : 0.0f;
        mean[t] += p[c][t] * q[c][t];
      }
    }
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) p[c][t] *= job->scale * (q[c][t] - mean[t]);
    ck_tile_add(l, job->gradient, block.n, pixel, count, p);
  }
}

void ck_softmax_gradient(ck_layout l, const float *logits, const ck_label *labels, float sharpness,
                         const float *slopes, float scale, float *gradient, int threads) {
  softmax job = {l, logits, labels, sharpness, NULL, slopes, scale * sharpness, gradient};
  ck_parallel(threads, ck_pixel_blocks(l), gradient_block, &job);
}
