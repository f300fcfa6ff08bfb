#include "ck_points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Lines -----------------------------------------------------------------------------------------

typedef struct {
  const uint8_t *at, *end;  // of the line, without its end
} line;

static int is_blank(uint8_t c) { return c == ' ' || c == '\t' || c == '\r'; }
static int is_comma(uint8_t c) { return c == ',' || c == ';'; }

// Takes the next line away from a text; 0 where there is none.
static int next_line(const uint8_t **text, const uint8_t *end, line *found) {
  if (*text >= end) return 0;
  const uint8_t *stop = memchr(*text, '\n', (size_t)(end - *text));
  found->at = *text;
  found->end = stop ? stop : end;
  *text = stop ? stop + 1 : end;
  return 1;
}

static int is_row(line l) {
  while (l.at < l.end && is_blank(*l.at)) l.at++;
  if (l.at == l.end || *l.at == '#') return 0;
  return !(l.end - l.at >= 2 && l.at[0] == '/' && l.at[1] == '/');
}

static int next_row(const uint8_t **text, const uint8_t *end, line *found, size_t *number) {
  while (next_line(text, end, found)) {
    (*number)++;
    if (is_row(*found)) return 1;
  }
  return 0;
}

size_t ck_text_rows(const uint8_t *text, size_t count) {
  const uint8_t *end = text + count;
  size_t rows = 0, number = 0;
  line l;
  while (next_row(&text, end, &l, &number)) rows++;
  return rows;
}

// Fields ----------------------------------------------------------------------------------------

typedef struct {
  const uint8_t *begin, *end;
} field;

// Takes the next field away from a line; 0 where there is none. A field may be empty.
static int next_field(line *l, int is_first, field *found) {
  int comma = is_first;
  while (l->at < l->end && is_blank(*l->at)) l->at++;
  if (!is_first && l->at < l->end && is_comma(*l->at)) {
    comma = 1;
    l->at++;
    while (l->at < l->end && is_blank(*l->at)) l->at++;
  }
  if (l->at == l->end && !(comma && !is_first)) return 0;
  found->begin = l->at;
  while (l->at < l->end && !is_blank(*l->at) && !is_comma(*l->at)) l->at++;
  found->end = l->at;
  return 1;
}

enum { MOST_CHARACTERS = 63 };

static int number_of(field f, double *number) {
  char text[MOST_CHARACTERS + 1], *stop;
  size_t count = (size_t)(f.end - f.begin);
  if (count == 0 || count > MOST_CHARACTERS) return 0;
  memcpy(text, f.begin, count);
  text[count] = 0;
  *number = strtod(text, &stop);
  return stop == text + count;
}

int ck_text_width(const uint8_t *text, size_t count, int *is_numeric) {
  size_t number = 0;
  line l;
  int width = 0;
  *is_numeric = 1;
  if (!next_row(&text, text + count, &l, &number)) return 0;
  field f;
  double value;
  while (next_field(&l, width == 0, &f)) {
    if (!number_of(f, &value)) *is_numeric = 0;
    width++;
  }
  return width;
}

size_t ck_text_field(const uint8_t *text, size_t count, int column, size_t *begin) {
  const uint8_t *start = text;
  size_t number = 0;
  line l;
  field f;
  if (!next_row(&text, text + count, &l, &number)) return 0;
  for (int index = 0; next_field(&l, index == 0, &f); index++)
    if (index == column) {
      *begin = (size_t)(f.begin - start);
      return (size_t)(f.end - f.begin);
    }
  return 0;
}

// Values ----------------------------------------------------------------------------------------

static ck_text_fault_kind read_row(line l, int width, const int *places, double *values,
                                   size_t rows, size_t row, int *column) {
  field f;
  int index = 0;
  for (; next_field(&l, index == 0, &f); index++) {
    if (index >= width || places[index] < 0) continue;
    *column = index;
    double value;
    if (f.begin == f.end) return ck_text_empty;
    if (!number_of(f, &value)) return ck_text_no_number;
    if (!isfinite(value)) return ck_text_not_finite;
    values[(size_t)places[index] * rows + row] = value;
  }
  *column = index;
  return index == width ? ck_text_right : ck_text_columns;
}

size_t ck_text_values(const uint8_t *text, size_t count, size_t skipped, size_t rows, int width,
                      const int *columns, int chosen, double *values, ck_text_fault *fault) {
  const uint8_t *end = text + count;
  int *places = malloc(sizeof(int) * (size_t)width);
  fault->kind = ck_text_right;
  for (int k = 0; k < width; k++) places[k] = -1;
  for (int k = 0; k < chosen; k++) places[columns[k]] = k;
  size_t number = 0, row = 0;
  line l;
  while (row < rows && next_row(&text, end, &l, &number)) {
    if (skipped > 0) {
      skipped--;
      continue;
    }
    ck_text_fault_kind kind = read_row(l, width, places, values, rows, row, &fault->column);
    if (kind != ck_text_right) {
      fault->kind = kind;
      fault->line = number;
      break;
    }
    row++;
  }
  free(places);
  return row;
}

// Binary ----------------------------------------------------------------------------------------

static size_t bytes_of(ck_stored kind) {
  switch (kind) {
    case ck_int8: case ck_uint8: return 1;
    case ck_int16: case ck_uint16: case ck_float16: return 2;
    case ck_int32: case ck_uint32: case ck_float32: return 4;
    default: return 8;
  }
}

static double half(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value = exponent == 0    ? ldexp(fraction, -24)
                 : exponent == 31 ? (fraction ? NAN : INFINITY)
                                  : ldexp(fraction + 1024, exponent - 25);
  return bits & 0x8000 ? -value : value;
}

static double number_in(const uint8_t *bytes, ck_stored kind) {
#define CK_LOAD(type) \
  type value;         \
  memcpy(&value, bytes, sizeof value)
  switch (kind) {
    case ck_int8: return (int8_t)*bytes;
    case ck_uint8: return *bytes;
    case ck_int16: { CK_LOAD(int16_t); return value; }
    case ck_uint16: { CK_LOAD(uint16_t); return value; }
    case ck_int32: { CK_LOAD(int32_t); return value; }
    case ck_uint32: { CK_LOAD(uint32_t); return value; }
    case ck_int64: { CK_LOAD(int64_t); return (double)value; }
    case ck_uint64: { CK_LOAD(uint64_t); return (double)value; }
    case ck_float16: { CK_LOAD(uint16_t); return half(value); }
    case ck_float32: { CK_LOAD(float); return value; }
    default: { CK_LOAD(double); return value; }
  }
#undef CK_LOAD
}

void ck_doubles_of_stored(const uint8_t *from, size_t step, ck_stored kind, int swaps, size_t count,
                          double *to) {
  size_t bytes = bytes_of(kind);
  for (size_t i = 0; i < count; i++) {
    uint8_t number[8];
    for (size_t b = 0; b < bytes; b++) number[b] = from[i * step + (swaps ? bytes - 1 - b : b)];
    to[i] = number_in(number, kind);
  }
}

size_t ck_count_not_finite_doubles(const double *values, size_t count, size_t *first) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++)
    if (!isfinite(values[i]) && found++ == 0) *first = i;
  return found;
}
