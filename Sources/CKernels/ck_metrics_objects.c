#include "ck_metrics.h"
#include "ck_tile.h"

void ck_borders(const ck_label *labels, int h, int w, ck_label *borders) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      const ck_label *here = labels + (long)y * w + x;
      int is_inner = y > 0 && y < h - 1 && x > 0 && x < w - 1 && here[-w] == *here &&
                     here[w] == *here && here[-1] == *here && here[1] == *here;
      borders[(long)y * w + x] = is_inner ? CK_IGNORED : *here;
    }
}

void ck_object_sums(const int32_t *objects, const ck_label *labels, const float *values, long count,
                    ck_label *object_labels, int64_t *pixels, double *sums) {
  for (long i = 0; i < count; i++) {
    int32_t object = objects[i];
    if (object == 0) continue;
    object_labels[object] = labels[i];
    pixels[object]++;
    sums[object] += (double)values[i];
  }
}

long ck_overlap_runs(const int32_t *objects, const int32_t *others, long count, int32_t *runs) {
  long found = 0;
  for (long i = 0; i < count; i++) {
    if (objects[i] == 0 || others[i] == 0) continue;
    int32_t *last = runs + 3 * (found - 1);
    int goes_on = found > 0 && objects[i - 1] == objects[i] && others[i - 1] == others[i];
    if (goes_on) {
      last[2]++;
    } else {
      int32_t *next = runs + 3 * found++;
      next[0] = objects[i];
      next[1] = others[i];
      next[2] = 1;
    }
  }
  return found;
}
