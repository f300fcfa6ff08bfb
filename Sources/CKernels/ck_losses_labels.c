#include <string.h>

#include "ck_losses.h"
#include "ck_tile.h"

void ck_label_counts(const uint8_t *labels, long count, uint64_t counts[256]) {
  // Four tables, so that runs of one label do not wait for their own last increment.
  uint64_t table[4][256] = {{0}};
  long i = 0;
  for (; i + 4 <= count; i += 4)
    for (int k = 0; k < 4; k++) table[k][labels[i + k]]++;
  for (; i < count; i++) table[0][labels[i]]++;
  for (int y = 0; y < 256; y++) counts[y] = table[0][y] + table[1][y] + table[2][y] + table[3][y];
}

void ck_label_sums(const uint8_t *labels, const float *values, long count, double sums[256]) {
  // Four tables for the same reason; they are added in their order.
  double table[4][256];
  memset(table, 0, sizeof table);
  long i = 0;
  for (; i + 4 <= count; i += 4)
    for (int k = 0; k < 4; k++) table[k][labels[i + k]] += (double)values[i + k];
  for (; i < count; i++) table[0][labels[i]] += (double)values[i];
  for (int y = 0; y < 256; y++) sums[y] = table[0][y] + table[1][y] + table[2][y] + table[3][y];
}

int ck_has_valid(const uint8_t *labels, long count) {
  for (long i = 0; i < count; i++)
    if (labels[i] != CK_IGNORED) return 1;
  return 0;
}

double ck_valid_sum(const uint8_t *labels, const float *values, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++)
    if (labels[i] != CK_IGNORED) sum += (double)values[i];
  return sum;
}

void ck_label_values(const uint8_t *labels, const float table[256], long count, float *values) {
  for (long i = 0; i < count; i++) values[i] = table[labels[i]];
}
