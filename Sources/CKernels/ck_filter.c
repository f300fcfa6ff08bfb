#include "ck_filter.h"
#include "ck_dispatch.h"
#include "ck_warp.h"

#include <math.h>

static int mirrored(int i, int n) { return ck_border_index(i, n, ck_border_reflect101); }

void ck_gaussian(float *kernel, int radius, double deviation) {
  double sum = 0;
  for (int i = -radius; i <= radius; i++) sum += exp(-0.5 * i * i / (deviation * deviation));
  for (int i = -radius; i <= radius; i++)
    kernel[i + radius] = (float)(exp(-0.5 * i * i / (deviation * deviation)) / sum);
}

CK_KERNEL void ck_separable_filter(const float *source, float *target, int planes, int h, int w,
                                   const float *kernel, int radius, float *scratch) {
  long area = (long)h * w;
  float *rows = scratch, *padded = scratch + area;
  for (int p = 0; p < planes; p++) {
    for (int y = 0; y < h; y++) {
      const float *from = source + p * area + (long)y * w;
      float *to = rows + (long)y * w;
      for (int x = 0; x < w; x++) padded[radius + x] = from[x];
      for (int x = 1; x <= radius; x++) {
        padded[radius - x] = from[mirrored(-x, w)];
        padded[radius + w - 1 + x] = from[mirrored(w - 1 + x, w)];
      }
      for (int x = 0; x < w; x++) to[x] = 0;
      for (int k = 0; k <= 2 * radius; k++)
        for (int x = 0; x < w; x++) to[x] += kernel[k] * padded[x + k];
    }
    for (int y = 0; y < h; y++) {
      float *to = target + p * area + (long)y * w;
      for (int x = 0; x < w; x++) to[x] = 0;
      for (int k = 0; k <= 2 * radius; k++) {
        const float *from = rows + (long)mirrored(y + k - radius, h) * w;
        for (int x = 0; x < w; x++) to[x] += kernel[k] * from[x];
      }
    }
  }
}

CK_KERNEL void ck_scattered_filter(const float *source, float *target, int planes, int h, int w,
                                   const int *rows, const int *columns, const float *weights,
                                   int taps) {
  long area = (long)h * w;
  for (int p = 0; p < planes; p++)
    for (int y = 0; y < h; y++) {
      float *to = target + p * area + (long)y * w;
      for (int x = 0; x < w; x++) to[x] = 0;
      for (int k = 0; k < taps; k++) {
        const float *from = source + p * area + (long)mirrored(y + rows[k], h) * w;
        int shift = columns[k], first = shift < 0 ? -shift : 0, last = shift > 0 ? w - shift : w;
        float weight = weights[k];
        if (first > w) first = w;
        if (last < first) last = first;
        for (int x = 0; x < first; x++) to[x] += weight * from[mirrored(x + shift, w)];
        for (int x = first; x < last; x++) to[x] += weight * from[x + shift];
        for (int x = last; x < w; x++) to[x] += weight * from[mirrored(x + shift, w)];
      }
    }
}

// Blocks of a row side by side: the least of what is left is found half as often as there are
// values, the last one found is the median.
CK_KERNEL void ck_median_filter(const float *source, float *target, int planes, int h, int w,
                                int size) {
  enum { block = 64, most = 49 };
  long area = (long)h * w;
  int count = size * size, reach = size / 2;
  float values[most][block];
  for (int p = 0; p < planes; p++)
    for (int y = 0; y < h; y++)
      for (int left = 0; left < w; left += block) {
        int width = w - left < block ? w - left : block;
        for (int k = 0; k < count; k++) {
          const float *from =
              source + p * area + (long)mirrored(y + k / size - reach, h) * w;
          int shift = left + k % size - reach;
          if (shift >= 0 && shift + block <= w)
            for (int x = 0; x < block; x++) values[k][x] = from[shift + x];
          else
            for (int x = 0; x < block; x++)
              values[k][x] = from[mirrored(shift + (x < width ? x : width - 1), w)];
        }
        for (int k = 0; k <= count / 2; k++)
          for (int j = k + 1; j < count; j++)
            for (int x = 0; x < block; x++) {
              float a = values[k][x], b = values[j][x];
              values[k][x] = b < a ? b : a;
              values[j][x] = b < a ? a : b;
            }
        for (int x = 0; x < width; x++)
          target[p * area + (long)y * w + left + x] = values[count / 2][x];
      }
}

CK_KERNEL void ck_erode_cross(const float *source, float *target, int planes, int h, int w) {
  for (int p = 0; p < planes; p++)
    for (int y = 0; y < h; y++) {
      const float *row = source + ((long)p * h + y) * w;
      const float *above = y > 0 ? row - w : row, *below = y < h - 1 ? row + w : row;
      float *to = target + ((long)p * h + y) * w;
      for (int x = 0; x < w; x++) {
        float least = row[x];
        least = above[x] < least ? above[x] : least;
        to[x] = below[x] < least ? below[x] : least;
      }
      for (int x = 1; x < w; x++) to[x] = row[x - 1] < to[x] ? row[x - 1] : to[x];
      for (int x = 0; x < w - 1; x++) to[x] = row[x + 1] < to[x] ? row[x + 1] : to[x];
    }
}
