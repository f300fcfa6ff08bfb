#ifndef CK_TILE_H
#define CK_TILE_H

#include <stdint.h>
#include <string.h>

#include "ck_layout.h"
#include "ck_losses.h"
#include "ck_math.h"
#include "ck_parallel.h"

// A tile: the logits of 64 neighbouring pixels of one image as [K][64], whatever the layout they
// come from. Everything per pixel is computed on tiles, so that it is written once, fills vector
// registers and gives the same bits for every layout. (Loops of 16 would be unrolled before the
// compiler looks for vectors, and take twice the time.)
enum { CK_TILE = 64 };

// A block of an image's pixels: a unit of work.
typedef struct {
  int n;
  long first, end;
} ck_pixels;

CK_INLINE ck_pixels ck_pixels_of(ck_layout l, int unit) {
  int blocks = ck_image_pixel_blocks(l);
  long first = (long)(unit % blocks) * CK_PIXEL_BLOCK, end = first + CK_PIXEL_BLOCK;
  ck_pixels block = {unit / blocks, first, end < ck_area(l) ? end : ck_area(l)};
  return block;
}

// Runs the body for every block of pixels, and returns the sum of what each left in partials,
// [ck_pixel_blocks], added in the order of the blocks.
static inline double ck_sum_of_blocks(ck_layout l, ck_body body, void *job, const double *partials,
                                      int threads) {
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, body, job);
  double total = 0;
  for (int unit = 0; unit < units; unit++) total += partials[unit];
  return total;
}

// Pixels of the tile that begins at `pixel`.
CK_INLINE int ck_tile_count(ck_pixels block, long pixel) {
  return block.end - pixel < CK_TILE ? (int)(block.end - pixel) : CK_TILE;
}

// z[c][t] = logit of class c at pixel + t; lanes from count on are left alone.
CK_INLINE void ck_tile_read(ck_layout l, const float *logits, int n, long pixel, int count,
                            float z[][CK_TILE]) {
  for (int c = 0; c < l.c; c++) {
    const float *from = logits + ck_index(l, n, c, pixel);
    if (l.block == 1 && count == CK_TILE)
      memcpy(z[c], from, sizeof z[c]);
    else if (count == CK_TILE)
      for (int t = 0; t < CK_TILE; t++) z[c][t] = from[t * l.block];
    else
      for (int t = 0; t < count; t++) z[c][t] = from[t * l.block];
  }
}

// gradient of class c at pixel + t += g[c][t].
CK_INLINE void ck_tile_add(ck_layout l, float *gradient, int n, long pixel, int count,
                           float g[][CK_TILE]) {
  for (int c = 0; c < l.c; c++) {
    float *to = gradient + ck_index(l, n, c, pixel);
    if (l.block == 1 && count == CK_TILE)
      for (int t = 0; t < CK_TILE; t++) to[t] += g[c][t];
    else
      for (int t = 0; t < count; t++) to[t * l.block] += g[c][t];
  }
}

// Value of class c at pixel + t = z[c][t].
CK_INLINE void ck_tile_write(ck_layout l, float *values, int n, long pixel, int count,
                             float z[][CK_TILE]) {
  for (int c = 0; c < l.c; c++) {
    float *to = values + ck_index(l, n, c, pixel);
    for (int t = 0; t < count; t++) to[t * l.block] = z[c][t];
  }
}

// The labels of a tile's pixels. Lanes that are ignored or lie beyond the block have `valid` 0,
// label 0 and, once `ck_tile_mask` has run, zero logits: whatever stood there cannot matter.
typedef struct {
  int label[CK_TILE];
  int valid[CK_TILE];
} ck_tile_labels;

CK_INLINE ck_tile_labels ck_tile_read_labels(const ck_label *labels, int count) {
  ck_tile_labels tile;
  for (int t = 0; t < CK_TILE; t++) {
    int label = t < count ? labels[t] : CK_IGNORED;
    tile.valid[t] = label != CK_IGNORED;
    tile.label[t] = tile.valid[t] ? label : 0;
  }
  return tile;
}

CK_INLINE void ck_tile_mask(const ck_tile_labels *tile, int classes, float z[][CK_TILE]) {
  for (int c = 0; c < classes; c++)
    for (int t = 0; t < CK_TILE; t++) z[c][t] = tile->valid[t] ? z[c][t] : 0.0f;
}

// Reads the labels and the logits of the tile that begins at `pixel`.
CK_INLINE ck_tile_labels ck_tile_open(ck_layout l, const float *logits, const ck_label *labels,
                                      ck_pixels block, long pixel, float z[][CK_TILE]) {
  int count = ck_tile_count(block, pixel);
  ck_tile_labels tile = ck_tile_read_labels(labels + block.n * ck_area(l) + pixel, count);
  ck_tile_read(l, logits, block.n, pixel, count, z);
  ck_tile_mask(&tile, l.c, z);
  return tile;
}

// z becomes e^(z − max); max and sum are those of each pixel. A NaN or an infinity among the
// logits of a pixel makes its sum NaN.
CK_INLINE void ck_tile_exponentials(int classes, float z[][CK_TILE], float max[CK_TILE],
                                    float sum[CK_TILE]) {
  for (int t = 0; t < CK_TILE; t++) max[t] = z[0][t], sum[t] = 0.0f;
  for (int c = 1; c < classes; c++)
    for (int t = 0; t < CK_TILE; t++) max[t] = z[c][t] > max[t] ? z[c][t] : max[t];
  for (int c = 0; c < classes; c++)
    for (int t = 0; t < CK_TILE; t++) {
      z[c][t] = ck_exp(z[c][t] - max[t]);
      sum[t] += z[c][t];
    }
}

// z becomes softmax(z).
CK_INLINE void ck_tile_softmax(int classes, float z[][CK_TILE]) {
  float max[CK_TILE], sum[CK_TILE];
  ck_tile_exponentials(classes, z, max, sum);
  for (int t = 0; t < CK_TILE; t++) sum[t] = 1.0f / sum[t];
  for (int c = 0; c < classes; c++)
    for (int t = 0; t < CK_TILE; t++) z[c][t] *= sum[t];
}

#endif
