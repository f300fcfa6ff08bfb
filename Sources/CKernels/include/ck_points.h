#ifndef CK_POINTS_H
#define CK_POINTS_H

#include <stddef.h>
#include <stdint.h>

#include "ck_stored.h"

// What is wrong with a table of numbers in text.
typedef enum {
  ck_text_right,
  ck_text_columns,    // a row has another number of columns than it should have
  ck_text_no_number,  // a field is no number
  ck_text_empty,      // nothing stands between two commas or semicolons
  ck_text_not_finite  // NaN or an infinity
} ck_text_fault_kind;

typedef struct {
  ck_text_fault_kind kind;
  size_t line;  // of the text, from 1
  int column;   // from 0; of ck_text_columns how many there are
} ck_text_fault;

// Rows of a text: lines but blank ones and those that begin with # or //.
size_t ck_text_rows(const uint8_t *text, size_t count);

// Columns of the first row, and in `is_numeric` whether all of them are numbers.
int ck_text_width(const uint8_t *text, size_t count, int *is_numeric);

// values[k][r] = column columns[k] of row r, of `rows` rows behind the first `skipped`, each of `width`
// columns, which blanks, tabs, commas or semicolons separate. Returns how many rows there were; fewer than
// asked for where the text ends or a fault was found.
size_t ck_text_values(const uint8_t *text, size_t count, size_t skipped, size_t rows, int width,
                      const int *columns, int chosen, double *values, ck_text_fault *fault);

// to[i] = the number that begins i · step bytes behind `from`, in the other byte order if `swaps`.
void ck_doubles_of_stored(const uint8_t *from, size_t step, ck_stored kind, int swaps, size_t count,
                          double *to);

// How many numbers are NaN or infinite, of which `first` is set to the first.
size_t ck_count_not_finite_doubles(const double *values, size_t count, size_t *first);

// The name in a field of the first row: where it begins and how many bytes it has. 0 where there is none.
size_t ck_text_field(const uint8_t *text, size_t count, int column, size_t *begin);

#endif
