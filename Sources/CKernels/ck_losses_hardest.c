#include "ck_losses.h"
#include "ck_tile.h"

// The order of floats ≥ 0 as integers; NaN is above all.
CK_INLINE uint32_t order(float value) { return ck_bits_of_float(value) & 0x7FFFFFFFu; }

enum { DIGITS = 3, BUCKETS = 2048 };
static const int shifts[DIGITS] = {20, 10, 0};
static const uint32_t masks[DIGITS] = {0x7FF, 0x3FF, 0x3FF};

// The rank-th greatest key of the valid values, found digit by digit; *above is how many are
// greater.
static uint32_t ranked(const float *values, const ck_label *labels, long count, long rank,
                       long *above) {
  uint32_t found = 0;
  *above = 0;
  for (int digit = 0; digit < DIGITS; digit++) {
    long histogram[BUCKETS] = {0};
    uint32_t known = ~(uint32_t)0 << (digit == 0 ? 31 : shifts[digit - 1]);
    for (long i = 0; i < count; i++) {
      uint32_t key = order(values[i]);
      if (labels[i] != CK_IGNORED && ((key ^ found) & known) == 0)
        histogram[key >> shifts[digit] & masks[digit]]++;
    }
    uint32_t bucket = masks[digit];
    while (*above + histogram[bucket] < rank) *above += histogram[bucket--];
    found |= bucket << shifts[digit];
  }
  return found;
}

double ck_keep_greatest(const float *values, const ck_label *labels, long count, long least,
                        float threshold, float *weights, long *kept) {
  uint32_t bound = order(threshold);
  long hard = 0, valid = 0;
  for (long i = 0; i < count; i++) {
    valid += labels[i] != CK_IGNORED;
    hard += labels[i] != CK_IGNORED && order(values[i]) > bound;
  }
  if (least > valid) least = valid;
  long equals = 0;  // how many at the bound itself are kept
  if (hard < least) {
    bound = ranked(values, labels, count, least, &hard);
    equals = least - hard;
  }
  *kept = hard + equals;

  double sum = 0;
  for (long i = 0; i < count; i++) {
    uint32_t key = order(values[i]);
    int keeps = labels[i] != CK_IGNORED && (key > bound || (key == bound && equals-- > 0));
    weights[i] = keeps ? 1.0f : 0.0f;
    if (keeps) sum += (double)values[i];
  }
  return sum;
}
