#include "ck_random.h"

#include <math.h>

void ck_random_normal(float *values, long count, float deviation, uint64_t seed, uint32_t purpose) {
  const double two_pi = 6.283185307179586476925;
  for (long block = 0; block * 4 < count; block++) {
    ck_philox_block b = ck_philox(seed, (uint32_t)block, purpose, 0, 0);
    for (int pair = 0; pair < 2; pair++) {
      double u1 = (b.word[2 * pair] + 1.0) * 0x1p-32, u2 = b.word[2 * pair + 1] * 0x1p-32;
      double radius = sqrt(-2 * log(u1));
      long i = block * 4 + 2 * pair;
      if (i < count) values[i] = (float)(deviation * (radius * cos(two_pi * u2)));
      if (i + 1 < count) values[i + 1] = (float)(deviation * (radius * sin(two_pi * u2)));
    }
  }
}

void ck_random_uniform(float *values, long count, float limit, uint64_t seed, uint32_t purpose) {
  for (long block = 0; block * 4 < count; block++) {
    ck_philox_block b = ck_philox(seed, (uint32_t)block, purpose, 0, 0);
    for (int lane = 0; lane < 4 && block * 4 + lane < count; lane++)
      values[block * 4 + lane] = limit * (2 * ((b.word[lane] >> 8) * 0x1p-24f) - 1);
  }
}
