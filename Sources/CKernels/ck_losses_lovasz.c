#include <string.h>

#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// What is sorted, greatest error first: 31 bits of the error's complement (the bits of floats ≥ 0
// are ordered as they are), one bit that says whether the pixel is of the class, 32 bits of place.
enum { PLACE_BITS = 32, KEY_SHIFT = 33, PASSES = 3 };
static const uint32_t key_mask = 0x7FFFFFFFu;
static const int digit_shift[PASSES] = {33, 43, 53};
static const int digit_bits[PASSES] = {10, 10, 11};

// Stable radix sort, least digit first. Returns where the sorted items are: items or spare.
static uint64_t *sort(uint64_t *items, uint64_t *spare, long count,
                      uint32_t histogram[PASSES][2048]) {
  for (int pass = 0; pass < PASSES; pass++) {
    int buckets = 1 << digit_bits[pass], shift = digit_shift[pass];
    uint64_t mask = (uint64_t)buckets - 1;
    uint32_t *place = histogram[pass], start = 0;
    for (int b = 0; b < buckets; b++) {
      uint32_t size = place[b];
      place[b] = start;
      start += size;
    }
    for (long i = 0; i < count; i++) spare[place[items[i] >> shift & mask]++] = items[i];
    uint64_t *sorted = spare;
    spare = items;
    items = sorted;
  }
  return items;
}

// The loss of the sorted items; slopes take the places of their errors. With I and U the intersection and the
// union of truth and prediction so far, an item of the class takes one from I and adds 1/U to the
// Jaccard loss 1 − I/U, another adds one to U and I/(U(U + 1)) to the loss.
static double extend(const uint64_t *items, long count, double truth, float share, float *errors) {
  double intersection = truth, joined = truth, loss = 0;
  for (long i = 0; i < count; i++) {
    int inside = (int)(items[i] >> PLACE_BITS & 1);
    float error = ck_float_from_bits(key_mask - (uint32_t)(items[i] >> KEY_SHIFT));
    double step;
    if (inside) {
      step = 1.0 / joined;
      intersection -= 1;
    } else {
      step = joined > 0 ? intersection / (joined * (joined + 1)) : 1.0;
      joined += 1;
    }
    loss += step * (double)error;
    float slope = share * (float)(inside ? -step : step);
    errors[(uint32_t)items[i]] = error == 0.0f ? 0.0f : slope;
  }
  return loss;
}

typedef struct {
  int images, classes;
  long area;
  const ck_label *labels;
  const uint64_t *truth;
  const uint8_t *used;
  float share;
  float *errors;
  double *values;
  uint64_t *scratch;
  int shares;
} lovasz;

static void lovasz_class(const lovasz *job, int c, uint64_t *items, uint64_t *spare) {
  uint32_t histogram[PASSES][2048];
  memset(histogram, 0, sizeof histogram);
  float *errors = job->errors + c * job->area;
  long count = 0;
  for (int n = 0; n < job->images; n++) {
    const ck_label *labels = job->labels + n * job->area;
    long start = (long)n * job->classes * job->area;
    for (long i = 0; i < job->area; i++) {
      if (labels[i] == CK_IGNORED) continue;
      uint64_t key = key_mask - (ck_bits_of_float(errors[start + i]) & key_mask);
      uint64_t item =
          key << KEY_SHIFT | (uint64_t)(labels[i] == c) << PLACE_BITS | (uint64_t)(start + i);
      items[count++] = item;
      for (int pass = 0; pass < PASSES; pass++)
        histogram[pass][item >> digit_shift[pass] & ((1u << digit_bits[pass]) - 1)]++;
    }
  }
  uint64_t *sorted = sort(items, spare, count, histogram);
  job->values[c] = extend(sorted, count, (double)job->truth[c], job->share, errors);
}

// Every thread takes each so many'th class and has memory of its own to sort in.
static void lovasz_share(void *context, int unit) {
  const lovasz *job = context;
  long pixels = job->images * job->area;
  uint64_t *items = job->scratch + 2 * pixels * unit;
  for (int c = unit; c < job->classes; c += job->shares) {
    job->values[c] = 0;
    if (job->used[c]) {
      lovasz_class(job, c, items, items + pixels);
    } else {
      for (int n = 0; n < job->images; n++)
        memset(job->errors + ((long)n * job->classes + c) * job->area, 0,
               sizeof(float) * (size_t)job->area);
    }
  }
}

void ck_lovasz(int images, int classes, long area, const ck_label *labels, const uint64_t *truth,
               const uint8_t *used, float share, float *errors, double *values, uint64_t *scratch,
               int threads) {
  lovasz job = {images, classes, area,   labels,  truth,  used,
                share,  errors,  values, scratch, threads};
  ck_parallel(threads, threads, lovasz_share, &job);
}
