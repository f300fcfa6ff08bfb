#include <string.h>

#include "ck_dispatch.h"
#include "ck_losses.h"
#include "ck_tile.h"

CK_KERNEL static long count_strays(const ck_label *labels, long count, int classes) {
  enum { BLOCK = 32768 };
  long strays = 0;
  for (long first = 0; first < count; first += BLOCK) {
    long end = count - first < BLOCK ? count : first + BLOCK;
    // Sixteen bits are enough for a block.
    uint16_t found = 0;
    for (long i = first; i < end; i++)
      found += (labels[i] >= (ck_label)classes) & (labels[i] != CK_IGNORED);
    strays += found;
  }
  return strays;
}

// The first label that is neither a class nor ignored.
static int first_stray(const ck_label *labels, long count, int classes) {
  for (long i = 0; i < count; i++)
    if (labels[i] >= classes && labels[i] != CK_IGNORED) return labels[i];
  return -1;
}

int ck_label_counts(const ck_label *labels, long count, int classes, uint64_t *counts) {
  // Four tables, so that runs of one label do not wait for their own last increment. What is no class
  // has the place behind them.
  enum { TABLES = 4 };
  uint64_t table[TABLES][CK_MAX_CLASSES + 1];
  for (int k = 0; k < TABLES; k++) memset(table[k], 0, sizeof(uint64_t) * (size_t)(classes + 1));
  long i = 0;
  for (; i + TABLES <= count; i += TABLES)
    for (int k = 0; k < TABLES; k++) {
      int label = labels[i + k];
      table[k][label < classes ? label : classes]++;
    }
  for (; i < count; i++) table[0][labels[i] < classes ? labels[i] : classes]++;
  for (int y = 0; y <= classes; y++)
    counts[y] = table[0][y] + table[1][y] + table[2][y] + table[3][y];
  return count_strays(labels, count, classes) > 0 ? first_stray(labels, count, classes) : -1;
}

void ck_label_sums(const ck_label *labels, const float *values, long count, int classes,
                   double *sums) {
  // Four tables for the same reason; they are added in their order.
  enum { TABLES = 4 };
  double table[TABLES][CK_MAX_CLASSES + 1];
  for (int k = 0; k < TABLES; k++) memset(table[k], 0, sizeof(double) * (size_t)(classes + 1));
  long i = 0;
  for (; i + TABLES <= count; i += TABLES)
    for (int k = 0; k < TABLES; k++) {
      int label = labels[i + k];
      table[k][label < classes ? label : classes] += (double)values[i + k];
    }
  for (; i < count; i++) {
    int label = labels[i];
    table[0][label < classes ? label : classes] += (double)values[i];
  }
  for (int y = 0; y < classes; y++)
    sums[y] = table[0][y] + table[1][y] + table[2][y] + table[3][y];
}

CK_KERNEL int ck_has_label(const ck_label *labels, long count, int label) {
  enum { BLOCK = 1024 };
  for (long first = 0; first < count; first += BLOCK) {
    long end = count - first < BLOCK ? count : first + BLOCK;
    ck_label found = 0;
    for (long i = first; i < end; i++) found |= labels[i] == label;
    if (found) return 1;
  }
  return 0;
}

int ck_has_valid(const ck_label *labels, long count) {
  for (long i = 0; i < count; i++)
    if (labels[i] != CK_IGNORED) return 1;
  return 0;
}

CK_KERNEL long ck_valid_count(const ck_label *labels, long count) {
  long valid = 0;
  for (long i = 0; i < count; i++) valid += labels[i] != CK_IGNORED;
  return valid;
}

double ck_valid_sum(const ck_label *labels, const float *values, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++)
    if (labels[i] != CK_IGNORED) sum += (double)values[i];
  return sum;
}

void ck_label_values(const ck_label *labels, const float *table, int classes, long count,
                     float *values) {
  for (long i = 0; i < count; i++) values[i] = labels[i] < classes ? table[labels[i]] : 0.0f;
}
