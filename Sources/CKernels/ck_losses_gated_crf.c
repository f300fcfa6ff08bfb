#include "ck_dispatch.h"
#include "ck_label.h"
#include "ck_losses.h"
#include "ck_math.h"
#include "ck_parallel.h"

enum { SPAN = 64 };

typedef struct {
  ck_gated_crf_shape shape;
  ck_gated_crf_kernel kernel;
  const float *images;
  const float *p;
  const ck_label *gate;
  float *slopes;
  double *partials;
} gated_crf;

// Whether a pair counts from its first pixel: 1 or 0.
CK_INLINE float opens(const ck_label *gate, long pixel) {
  return gate == NULL || gate[pixel] == CK_IGNORED ? 1.0f : 0.0f;
}

// What the pixels first ..< first + count of a row and those at (dy, dx) from them add. Of the span, those at
// low ..< high have such a neighbor; `here` and `there` are the places of the span in a plane.
CK_INLINE void add_pairs(const gated_crf *job, int n, long here, long there, int low, int high,
                         float distance, double sums[SPAN]) {
  ck_gated_crf_shape s = job->shape;
  long area = (long)s.height * s.width;
  float weight[SPAN], agreement[SPAN], from[SPAN], both[SPAN];
  for (int t = low; t < high; t++) weight[t] = distance;
  for (int c = 0; c < s.channels; c++) {
    const float *image = job->images + ((long)n * s.channels + c) * area;
    for (int t = low; t < high; t++) {
      float difference = image[here + t] - image[there + t];
      weight[t] -= difference * difference * job->kernel.colour_factor;
    }
  }
  for (int t = low; t < high; t++) weight[t] = ck_exp(weight[t]);
  for (int t = low; t < high; t++) {
    agreement[t] = 0;
    from[t] = opens(job->gate, n * area + here + t);
    both[t] = weight[t] * (from[t] + opens(job->gate, n * area + there + t));
  }
  for (int k = 0; k < s.classes; k++) {
    const float *p = job->p + ((long)n * s.classes + k) * area;
    for (int t = low; t < high; t++) agreement[t] += p[here + t] * p[there + t];
    if (job->slopes == NULL) continue;
    float *slopes = job->slopes + ((long)n * s.classes + k) * area;
    for (int t = low; t < high; t++) slopes[here + t] -= both[t] * p[there + t];
  }
  for (int t = low; t < high; t++)
    sums[t] += (double)(from[t] * weight[t] * (1.0f - agreement[t]));
}

CK_KERNEL static void gated_crf_row(void *context, int unit) {
  const gated_crf *job = context;
  ck_gated_crf_shape s = job->shape;
  int n = unit / s.height, y = unit % s.height, radius = job->kernel.radius;
  long area = (long)s.height * s.width;
  if (job->slopes != NULL)
    for (int k = 0; k < s.classes; k++) {
      float *row = job->slopes + ((long)n * s.classes + k) * area + (long)y * s.width;
      for (int x = 0; x < s.width; x++) row[x] = 0;
    }
  double total = 0;
  for (int first = 0; first < s.width; first += SPAN) {
    int count = s.width - first < SPAN ? s.width - first : SPAN;
    double sums[SPAN] = {0};
    for (int dy = -radius; dy <= radius; dy++) {
      if (y + dy < 0 || y + dy >= s.height) continue;
      for (int dx = -radius; dx <= radius; dx++) {
        if (dy == 0 && dx == 0) continue;
        int low = first + dx < 0 ? -(first + dx) : 0;
        int high = first + dx + count > s.width ? s.width - first - dx : count;
        if (low >= high) continue;
        float distance = -(float)(dy * dy + dx * dx) * job->kernel.distance_factor;
        add_pairs(job, n, (long)y * s.width + first, (long)(y + dy) * s.width + first + dx, low,
                  high, distance, sums);
      }
    }
    for (int t = 0; t < count; t++) total += sums[t];
  }
  job->partials[unit] = total;
}

double ck_gated_crf(ck_gated_crf_shape shape, ck_gated_crf_kernel kernel, const float *images,
                    const float *p, const ck_label *gate, float *slopes, double *partials,
                    int threads) {
  gated_crf job = {shape, kernel, images, p, gate, slopes, partials};
  int rows = shape.images * shape.height;
  ck_parallel(threads, rows, gated_crf_row, &job);
  double total = 0;
  for (int row = 0; row < rows; row++) total += partials[row];
  return total;
}
