#include "ck_metrics.h"

#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

typedef struct {
  ck_layout layout;
  const float *logits;
  uint8_t *predictions;
} argmax;

CK_KERNEL static void argmax_block(void *context, int unit) {
  const argmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float z[CK_MAX_CLASSES][CK_TILE];
  memset(z, 0, sizeof z[0] * (size_t)l.c);
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_read(l, job->logits, block.n, pixel, count, z);
    float best[CK_TILE];
    int class[CK_TILE];
    for (int t = 0; t < CK_TILE; t++) best[t] = z[0][t], class[t] = 0;
    for (int c = 1; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) {
        int higher = z[c][t] > best[t];
        best[t] = higher ? z[c][t] : best[t];
        class[t] = higher ? c : class[t];
      }
    uint8_t *to = job->predictions + block.n * ck_area(l) + pixel;
    for (int t = 0; t < count; t++) to[t] = (uint8_t)class[t];
  }
}

void ck_argmax(ck_layout l, const float *logits, uint8_t *predictions, int threads) {
  argmax job = {l, logits, predictions};
  ck_parallel(threads, ck_pixel_blocks(l), argmax_block, &job);
}

CK_KERNEL static void positive_block(void *context, int unit) {
  const argmax *job = context;
  ck_layout l = job->layout;
  ck_pixels block = ck_pixels_of(l, unit);

  float z[CK_MAX_CLASSES][CK_TILE];
  memset(z, 0, sizeof z[0] * (size_t)l.c);
  for (long pixel = block.first; pixel < block.end; pixel += CK_TILE) {
    int count = ck_tile_count(block, pixel);
    ck_tile_read(l, job->logits, block.n, pixel, count, z);
    int set[CK_TILE] = {0};
    for (int c = 0; c < l.c; c++)
      for (int t = 0; t < CK_TILE; t++) set[t] |= z[c][t] > 0.0f ? 1 << c : 0;
    uint8_t *to = job->predictions + block.n * ck_area(l) + pixel;
    for (int t = 0; t < count; t++) to[t] = (uint8_t)set[t];
  }
}

void ck_positive_sets(ck_layout l, const float *logits, uint8_t *predictions, int threads) {
  argmax job = {l, logits, predictions};
  ck_parallel(threads, ck_pixel_blocks(l), positive_block, &job);
}

int ck_set_confusion(const uint8_t *labels, const uint8_t *predictions, long count, int classes,
                     uint64_t *counts) {
  for (long i = 0; i < count; i++)
    if (labels[i] != CK_IGNORED && labels[i] >> classes) return labels[i];
  for (int c = 0; c < classes; c++) {
    long valid = 0, truth = 0, prediction = 0, both = 0;
    for (long i = 0; i < count; i++) {
      int counts_here = labels[i] != CK_IGNORED;
      int is = counts_here & labels[i] >> c, said = counts_here & predictions[i] >> c;
      valid += counts_here;
      truth += is;
      prediction += said;
      both += is & said;
    }
    uint64_t *of_class = counts + 4 * c;
    of_class[0] += (uint64_t)(valid - truth - prediction + both);
    of_class[1] += (uint64_t)(prediction - both);
    of_class[2] += (uint64_t)(truth - both);
    of_class[3] += (uint64_t)both;
  }
  return -1;
}

int ck_confusion(const uint8_t *labels, const uint8_t *predictions, long count, int classes,
                 uint64_t *counts) {
  for (long i = 0; i < count; i++) {
    if (labels[i] == CK_IGNORED) continue;
    if (labels[i] >= classes) return labels[i];
    counts[(long)labels[i] * classes + predictions[i]]++;
  }
  return -1;
}

void ck_ignored_predictions(const uint8_t *labels, const uint8_t *predictions, long count,
                            uint64_t *counts) {
  for (long i = 0; i < count; i++)
    if (labels[i] == CK_IGNORED) counts[predictions[i]]++;
}

void ck_mask_ignored(const uint8_t *values, const uint8_t *labels, long count, uint8_t *masked) {
  for (long i = 0; i < count; i++) masked[i] = labels[i] == CK_IGNORED ? CK_IGNORED : values[i];
}
