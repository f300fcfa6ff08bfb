#include "ck_overview.h"

#include <math.h>
#include <string.h>

#include "ck_dispatch.h"

static double sample(const void *pixels, ck_depth depth, long i) {
  if (depth == ck_bytes) return ((const uint8_t *)pixels)[i];
  if (depth == ck_words) return ((const uint16_t *)pixels)[i];
  float value = ((const float *)pixels)[i];
  return isnan(value) ? 0 : value;
}

static double grey(const void *pixels, ck_depth depth, int channels, long pixel) {
  long i = pixel * channels;
  if (channels == 3)
    return 0.299 * sample(pixels, depth, i) + 0.587 * sample(pixels, depth, i + 1) +
           0.114 * sample(pixels, depth, i + 2);
  double sum = 0;
  for (int c = 0; c < channels; c++) sum += sample(pixels, depth, i + c);
  return sum / channels;
}

// How much of pixel i of `extent` lies in part p of `parts`.
static double share(int i, int p, int extent, int parts) {
  double low = fmax(i, (double)p * extent / parts);
  double high = fmin(i + 1, (double)(p + 1) * extent / parts);
  return high > low ? high - low : 0;
}

void ck_grey_means(const void *pixels, ck_depth depth, int h, int w, int channels, int rows,
                   double *means) {
  memset(means, 0, sizeof(double) * rows * rows);
  for (int y = 0; y < h; y++) {
    double line[rows];
    memset(line, 0, sizeof line);
    for (int x = 0; x < w; x++) {
      double value = grey(pixels, depth, channels, (long)y * w + x);
      for (int p = (long)x * rows / w; p < rows && (long)p * w < ((long)x + 1) * rows; p++)
        line[p] += value * share(x, p, w, rows);
    }
    for (int p = (long)y * rows / h; p < rows && (long)p * h < ((long)y + 1) * rows; p++) {
      double part = share(y, p, h, rows);
      for (int q = 0; q < rows; q++) means[p * rows + q] += part * line[q];
    }
  }
  double area = ((double)h / rows) * ((double)w / rows);
  for (int i = 0; i < rows * rows; i++) means[i] /= area;
}

void ck_histogram_reals(const float *values, long count, int channels, int channel, double width,
                        long first, uint64_t *counts, long bins) {
  for (long i = 0; i < count; i++) {
    float value = values[i * channels + channel];
    if (isnan(value)) continue;
    long bin = (long)floor(value / width) - first;
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
}

CK_KERNEL void ck_labels_from_one(const ck_label *labels, long count, ck_label *target) {
  for (long i = 0; i < count; i++) target[i] = (ck_label)(labels[i] + 1);
}

void ck_label_census(const ck_label *labels, int h, int w, int known, uint64_t *counts,
                     uint64_t *inner) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      const ck_label *here = labels + (long)y * w + x;
      if (*here >= known) continue;
      counts[*here]++;
      inner[*here] += x < w - 1 && y < h - 1 && here[1] == *here && here[w] == *here;
    }
}

void ck_objects_of_labels(const int32_t *map, const ck_label *labels, long count, int objects,
                          int32_t least, uint64_t *found, uint64_t *specks, int32_t *sizes) {
  memset(sizes, 0, sizeof(int32_t) * ((long)objects + 1));
  for (long i = 0; i < count; i++)
    // The first pixel of an object is the first of its number.
    if (map[i] > 0 && sizes[map[i]]++ == 0) found[labels[i]]++;
  for (long i = 0; i < count; i++) {
    if (map[i] == 0) continue;
    int32_t size = sizes[map[i]];
    if (size > 0 && size < least) specks[labels[i]]++;
    sizes[map[i]] = 0;
  }
}

CK_KERNEL long ck_near_hashes(const uint64_t *hashes, long count, int words, long index, int most,
                              int32_t *others, int32_t *distances) {
  const uint64_t *own = hashes + index * words;
  long found = 0;
  for (long i = index + 1; i < count; i++) {
    const uint64_t *other = hashes + i * words;
    int distance = 0;
    for (int k = 0; k < words && distance <= most; k++)
      distance += __builtin_popcountll(own[k] ^ other[k]);
    if (distance > most) continue;
    others[found] = (int32_t)i;
    distances[found++] = distance;
  }
  return found;
}
