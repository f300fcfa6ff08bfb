#include "ic_internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

// A progressive JPEG of more scans takes long to decode and is no photograph.
enum { maximum_scans = 100 };

// What is read or written, and where an error jumps to. libjpeg hands back the address of
// `errors` and `progress`, the first members of their structs.
typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf on_error;
  ic_message *message;
  struct jpeg_decompress_struct reader;
  struct jpeg_compress_struct writer;
  struct jpeg_progress_mgr progress;
  // Reading.
  const uint8_t *bytes;
  size_t count;
  ic_header *header;
  int least_height, least_width;
  int *eighths;
  ic_room *room;
  // Writing.
  const uint8_t *source;
  int width, height, channels, quality;
  unsigned char *encoded;
  unsigned long encoded_count;
} jpeg_job;

static void fail(j_common_ptr common) {
  jpeg_job *job = (jpeg_job *)common->err;
  char text[JMSG_LENGTH_MAX];
  common->err->format_message(common, text);
  int code = common->err->msg_code;
  ic_say(job->message, "%s: %s", text,
         code == JERR_BAD_PRECISION ? "convert to 8-bit RGB first"
         : code == JWRN_JPEG_EOF || code == JERR_INPUT_EOF || code == JERR_INPUT_EMPTY
             ? IC_CUT_SHORT
             : IC_DAMAGED);
  longjmp(job->on_error, 1);
}

// Whether a segment that is no scan ends at the place: what follows up to the next marker belongs to
// nothing.
static int ends_segment(const jpeg_job *job, size_t place) {
  const uint8_t *bytes = job->bytes;
  size_t at = 2;
  if (place == at) return 1;
  while (at + 4 <= job->count && at < place) {
    // To the next marker: 0xFF and what is neither 0, nor 0xFF, nor, in a scan, a restart.
    if (bytes[at] != 0xFF || bytes[at + 1] == 0 || bytes[at + 1] == 0xFF ||
        (bytes[at + 1] >= 0xD0 && bytes[at + 1] <= 0xD7)) {
      at++;
      continue;
    }
    int is_scan = bytes[at + 1] == 0xDA;
    at += 2 + ((size_t)bytes[at + 2] << 8 | bytes[at + 3]);
    if (at == place) return !is_scan;
  }
  return 0;
}

// Stray bytes behind a segment, which no pixel depends on. Behind a scan they are what corrupt data
// leaves over, unless all are zero.
static int is_harmless(const jpeg_job *job) {
  if (job->errors.msg_code != JWRN_EXTRANEOUS_DATA) return 0;
  // libjpeg stands behind them.
  size_t stray = (size_t)job->errors.msg_parm.i[0];
  size_t place = (size_t)(job->reader.src->next_input_byte - job->bytes);
  if (place < stray) return 0;
  place -= stray;
  if (ends_segment(job, place)) return 1;
  for (size_t i = 0; i < stray; i++)
    if (job->bytes[place + i] != 0) return 0;
  return 1;
}

// Levels below 0 are warnings of corrupt data, which libjpeg would fill up with grey.
static void fail_on_warning(j_common_ptr common, int level) {
  if (level < 0 && !is_harmless((jpeg_job *)common->err)) fail(common);
}

static void ignore_output(j_common_ptr common) {}

static void limit_scans(j_common_ptr common) {
  if (!common->is_decompressor) return;
  jpeg_job *job = (jpeg_job *)common->err;
  if (job->reader.input_scan_number <= maximum_scans) return;
  ic_say(job->message, "more than %d progressive scans", maximum_scans);
  longjmp(job->on_error, 1);
}

static void install_handlers(jpeg_job *job) {
  jpeg_std_error(&job->errors);
  job->errors.error_exit = fail;
  job->errors.emit_message = fail_on_warning;
  job->errors.output_message = ignore_output;
  job->progress.progress_monitor = limit_scans;
}

// Runs the work; 0 where it jumped out. Nothing local changes between setjmp and longjmp.
static int attempt(jpeg_job *job, void (*work)(jpeg_job *)) {
  if (setjmp(job->on_error)) return 0;
  work(job);
  return 1;
}

// MARK: Reading

// Of all segments that were read so far. Where EXIF and XMP both speak, programs go by EXIF.
static int orientation_of(struct jpeg_decompress_struct *reader) {
  static const char xmp_name[] = "http://ns.adobe.com/xap/1.0/";
  int exif = 0, xmp = 0;
  for (jpeg_saved_marker_ptr marker = reader->marker_list; marker; marker = marker->next) {
    const uint8_t *data = marker->data;
    size_t count = marker->data_length;
    if (marker->marker != JPEG_APP0 + 1) continue;
    if (count > 6 && memcmp(data, "Exif\0", 5) == 0 && exif <= 1)
      exif = ic_exif_orientation(data + 6, count - 6);
    if (count > sizeof xmp_name && memcmp(data, xmp_name, sizeof xmp_name) == 0)
      xmp = ic_xmp_orientation(data + sizeof xmp_name, count - sizeof xmp_name);
  }
  return exif ? exif : xmp;
}

static void read_header(jpeg_job *job) {
  struct jpeg_decompress_struct *reader = &job->reader;
  jpeg_create_decompress(reader);
  reader->progress = &job->progress;
  jpeg_mem_src(reader, job->bytes, job->count);
  jpeg_save_markers(reader, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(reader, TRUE);
  if (reader->jpeg_color_space == JCS_CMYK || reader->jpeg_color_space == JCS_YCCK ||
      (reader->num_components != 1 && reader->num_components != 3)) {
    ic_say(job->message, "JPEG of %d components (CMYK?): convert to RGB first",
           reader->num_components);
    longjmp(job->on_error, 1);
  }
  ic_header *header = job->header;
  header->width = (int)reader->image_width;
  header->height = (int)reader->image_height;
  header->channels = reader->num_components;
  header->depth = 8;
  header->holds_ids = 0;
  snprintf(header->format, sizeof header->format, "JPEG");
  if (!ic_accept_extent(header->width, header->height, job->message) ||
      !ic_accept_orientation(orientation_of(reader), job->message))
    longjmp(job->on_error, 1);
}

// The least s of 1, 2, 4 and 8 with extent · s / 8 >= what is asked for, both ways.
static int scale_for(const jpeg_job *job) {
  for (long s = 1; s < 8; s *= 2)
    if (job->header->height * s >= 8L * job->least_height &&
        job->header->width * s >= 8L * job->least_width)
      return (int)s;
  return 8;
}

static void read_pixels(jpeg_job *job) {
  read_header(job);
  struct jpeg_decompress_struct *reader = &job->reader;
  *job->eighths = scale_for(job);
  reader->scale_num = *job->eighths;
  reader->scale_denom = 8;
  reader->out_color_space = job->header->channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  // The method whose results are the same with and without SIMD.
  reader->dct_method = JDCT_ISLOW;
  jpeg_calc_output_dimensions(reader);
  size_t row_bytes = (size_t)reader->output_width * job->header->channels;
  if (job->room->capacity < row_bytes * reader->output_height) return;
  jpeg_start_decompress(reader);
  while (reader->output_scanline < reader->output_height) {
    JSAMPROW row = job->room->bytes + reader->output_scanline * row_bytes;
    jpeg_read_scanlines(reader, &row, 1);
  }
  jpeg_finish_decompress(reader);
  if (!ic_accept_orientation(orientation_of(reader), job->message)) longjmp(job->on_error, 1);
  job->room->filled = 1;
}

static int read_jpeg(jpeg_job *job, void (*work)(jpeg_job *)) {
  install_handlers(job);
  job->reader.err = &job->errors;
  int done = attempt(job, work);
  jpeg_destroy_decompress(&job->reader);
  return done;
}

int ic_jpeg_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  jpeg_job job = {.bytes = bytes, .count = count, .header = header, .message = message};
  return read_jpeg(&job, read_header);
}

int ic_jpeg_decode(const uint8_t *bytes, size_t count, int least_height, int least_width,
                   ic_room *pixels, ic_header *header, int *eighths, ic_message *message) {
  pixels->filled = 0;
  jpeg_job job = {.bytes = bytes, .count = count, .header = header, .message = message,
                  .least_height = least_height, .least_width = least_width, .eighths = eighths,
                  .room = pixels};
  return read_jpeg(&job, read_pixels);
}

// MARK: Writing

static void write_pixels(jpeg_job *job) {
  struct jpeg_compress_struct *writer = &job->writer;
  jpeg_create_compress(writer);
  jpeg_mem_dest(writer, &job->encoded, &job->encoded_count);
  writer->image_width = job->width;
  writer->image_height = job->height;
  writer->input_components = job->channels;
  writer->in_color_space = job->channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(writer);
  jpeg_set_quality(writer, job->quality, TRUE);
  writer->dct_method = JDCT_ISLOW;
  jpeg_start_compress(writer, TRUE);
  size_t row_bytes = (size_t)job->width * job->channels;
  while (writer->next_scanline < writer->image_height) {
    JSAMPROW row = (JSAMPROW)job->source + writer->next_scanline * row_bytes;
    jpeg_write_scanlines(writer, &row, 1);
  }
  jpeg_finish_compress(writer);
}

int ic_jpeg_encode(const uint8_t *pixels, int width, int height, int channels, int quality,
                   ic_file *file, ic_message *message) {
  *file = (ic_file){0};
  jpeg_job job = {.source = pixels, .width = width, .height = height, .channels = channels,
                  .quality = quality, .message = message};
  install_handlers(&job);
  job.writer.err = &job.errors;
  int done = attempt(&job, write_pixels);
  jpeg_destroy_compress(&job.writer);
  // After an error it is unknown whether libjpeg has moved its buffer: it is left alone.
  if (done) *file = (ic_file){job.encoded, job.encoded_count};
  return done;
}
