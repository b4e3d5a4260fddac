//! One decoder of sound for one stream: an instance of the module is made for each. A panic is a trap, after which the
//! instance is of no more use.

use std::cell::RefCell;

use symphonia_bundle_mp3::MpaDecoder;
use symphonia_codec_aac::AacDecoder;
use symphonia_codec_vorbis::VorbisDecoder;
use symphonia_core::audio::{Audio, Channels, GenericAudioBufferRef, Position};
use symphonia_core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_MP3, CODEC_ID_VORBIS};
use symphonia_core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia_core::errors::{Result, unsupported_error};
use symphonia_core::packet::PacketRef;
use symphonia_core::units::{Duration, Timestamp};

const DAMAGED: i32 = -1;

struct Sound {
    decoder: Option<Box<dyn AudioDecoder>>,
    input: Vec<u8>,
}

thread_local! {
    static SOUND: RefCell<Sound> = const { RefCell::new(Sound { decoder: None, input: Vec::new() }) };
}

fn open_decoder(codec: u32, rate: u32, channels: u32, head: &[u8]) -> Result<Box<dyn AudioDecoder>> {
    let mut params = AudioCodecParameters::new();
    let options = AudioDecoderOptions::default();
    match codec {
        0 => Ok(Box::new(MpaDecoder::try_new(params.for_codec(CODEC_ID_MP3), &options)?)),
        1 => {
            let both = Position::FRONT_LEFT | Position::FRONT_RIGHT;
            let places = if channels == 1 { Position::FRONT_LEFT } else { both };
            params.for_codec(CODEC_ID_AAC).with_sample_rate(rate).with_channels(Channels::Positioned(places));
            Ok(Box::new(AacDecoder::try_new(&params, &options)?))
        }
        2 => {
            params.for_codec(CODEC_ID_VORBIS).with_extra_data(head.into());
            Ok(Box::new(VorbisDecoder::try_new(&params, &options)?))
        }
        _ => unsupported_error("no such codec"),
    }
}

/// Where the next `length` bytes of input are to be written.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    SOUND.with_borrow_mut(|sound| {
        sound.input.resize(length, 0);
        sound.input.as_mut_ptr()
    })
}

/// Begins a stream; `codec`: 0 is MP3, 1 is AAC (of `channels` at `rate`), 2 is Vorbis, whose first and third packet are
/// in the input one after the other. 0, or -1 where the stream cannot be decoded.
#[unsafe(no_mangle)]
pub extern "C" fn open(codec: u32, rate: u32, channels: u32) -> i32 {
    SOUND.with_borrow_mut(|sound| {
        sound.decoder = open_decoder(codec, rate, channels, &sound.input).ok();
        if sound.decoder.is_some() { 0 } else { DAMAGED }
    })
}

/// Decodes the packet in the input. Samples of each channel, or -1 where the packet is damaged.
#[unsafe(no_mangle)]
pub extern "C" fn decode() -> i32 {
    SOUND.with_borrow_mut(|Sound { decoder, input }| {
        let packet = PacketRef::new(0, Timestamp::new(0), Duration::new(0), input);
        match decoder.as_mut().map(|decoder| decoder.decode_ref(&packet)) {
            Some(Ok(block)) => block.frames() as i32,
            _ => DAMAGED,
        }
    })
}

fn last_block<T>(read: impl Fn(GenericAudioBufferRef<'_>) -> T, none: T) -> T {
    SOUND.with_borrow(|sound| match &sound.decoder {
        Some(decoder) => read(decoder.last_decoded()),
        None => none,
    })
}

/// Samples a second of what was decoded last.
#[unsafe(no_mangle)]
pub extern "C" fn rate() -> u32 {
    last_block(|block| block.spec().rate(), 0)
}

#[unsafe(no_mangle)]
pub extern "C" fn channels() -> usize {
    last_block(|block| block.num_planes(), 0)
}

/// The samples of a channel, as 32-bit floats.
#[unsafe(no_mangle)]
pub extern "C" fn samples(channel: usize) -> *const f32 {
    last_block(
        |block| match block {
            GenericAudioBufferRef::F32(floats) => floats.plane(channel).map_or(std::ptr::null(), <[f32]>::as_ptr),
            _ => std::ptr::null(),
        },
        std::ptr::null(),
    )
}
