#ifndef IC_STREAMS_H
#define IC_STREAMS_H

// What chunks and files of volumes are compressed with: zlib, Zstandard and Blosc.

#include <stddef.h>
#include <stdint.h>

#include "ic_message.h"

// Each fills exactly `room` bytes, or says what is wrong: the sizes in damaged data are never trusted.
// zlib and gzip, several members too.
int ic_inflate(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message);
int ic_zstd(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message);
int ic_blosc(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message);

// 1 where these bytes begin a stream of gzip.
int ic_is_gzip(const uint8_t *bytes, size_t count);
// A whole file of gzip around these bytes, in memory of malloc that the caller frees; NULL where there is none.
uint8_t *ic_gzip(const uint8_t *from, size_t count, size_t *result, ic_message *message);
// The checksum that chunks of Zarr carry (CRC-32C, Castagnoli).
uint32_t ic_crc32c(const uint8_t *bytes, size_t count);

// A compressed file that is read at any place. Where each of `span` bytes of its content begin, the state of
// the decompression is kept (as zlib's example zran.c by Mark Adler does): the 32 KiB before it, which lie in a
// file without a name, and 24 bytes of memory. Points may be shared by threads; a stream belongs to one.
typedef struct ic_points ic_points;
// Decompresses `needed` bytes once. NULL with the reason, where the content is shorter too.
ic_points *ic_points_make(int descriptor, uint64_t start, uint64_t needed, uint64_t span, ic_message *message);
void ic_points_free(ic_points *points);

typedef struct ic_stream ic_stream;
// From `start` in the file on. The descriptor must stay open.
ic_stream *ic_stream_open(int descriptor, uint64_t start, ic_message *message);
void ic_stream_close(ic_stream *stream);
// `points` may be NULL: then all before `offset` is decompressed again unless the stream stands before it.
int ic_stream_read(ic_stream *stream, const ic_points *points, uint64_t offset, uint8_t *into, size_t count,
                   ic_message *message);

#endif
