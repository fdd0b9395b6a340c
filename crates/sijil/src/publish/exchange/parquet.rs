//! A table as Parquet: for R, Python and databases, which then know numbers from words.
//!
//! A column is of whole numbers or of numbers where each of its cells is written as such a number
//! is written again; else of words. So what is read back is what went out, cell by cell.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

/// The cells of one column; `None` where there is none.
enum Column {
    Whole(Vec<Option<i64>>),
    Numbers(Vec<Option<f64>>),
    Words(Vec<Option<ByteArray>>),
}

impl Column {
    fn of(cells: &[&str]) -> Self {
        if let Some(whole) = all(cells) {
            return Self::Whole(whole);
        }
        if let Some(numbers) = all(cells) {
            return Self::Numbers(numbers);
        }
        let word = |cell: &&str| (!cell.is_empty()).then(|| ByteArray::from(*cell));
        Self::Words(cells.iter().map(word).collect())
    }

    fn kind(&self) -> (Physical, Option<LogicalType>) {
        match self {
            Self::Whole(_) => (Physical::INT64, None),
            Self::Numbers(_) => (Physical::DOUBLE, None),
            Self::Words(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        }
    }
}

/// All cells as numbers, where some are and each comes back as it is written.
fn all<N: std::str::FromStr + ToString>(cells: &[&str]) -> Option<Vec<Option<N>>> {
    let mut numbers = Vec::with_capacity(cells.len());
    for cell in cells {
        if cell.is_empty() {
            numbers.push(None);
            continue;
        }
        numbers.push(Some(cell.parse::<N>().ok().filter(|number| number.to_string() == *cell)?));
    }
    numbers.iter().any(Option::is_some).then_some(numbers)
}

/// The bytes of a file with these columns.
///
/// # Errors
/// When two columns have one name, or the bytes cannot be made.
pub(super) fn write(headers: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, ParquetError> {
    let cells = |at: usize| -> Vec<&str> {
        rows.iter().map(|row| row.get(at).map_or("", String::as_str)).collect()
    };
    let columns: Vec<Column> = (0..headers.len()).map(|at| Column::of(&cells(at))).collect();
    let level = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder().set_compression(level).build();
    let schema = schema(headers, &columns)?;
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in &columns {
        let Some(mut to) = group.next_column()? else { break };
        match column {
            Column::Whole(cells) => put::<Int64Type>(to.typed(), cells)?,
            Column::Numbers(cells) => put::<DoubleType>(to.typed(), cells)?,
            Column::Words(cells) => put::<ByteArrayType>(to.typed(), cells)?,
        }
        to.close()?;
    }
    group.close()?;
    writer.into_inner()
}

/// Writes those that are there, and which they are.
fn put<T: DataType>(
    to: &mut parquet::column::writer::ColumnWriterImpl<'_, T>,
    cells: &[Option<T::T>],
) -> Result<(), ParquetError> {
    let there: Vec<T::T> = cells.iter().flatten().cloned().collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    to.write_batch(&there, Some(&levels), None).map(|_| ())
}

fn schema(headers: &[String], columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let field = |(header, column): (&String, &Column)| {
        let (physical, logical) = column.kind();
        let field = Type::primitive_type_builder(header, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        Ok(Arc::new(field))
    };
    let fields: Vec<TypePtr> =
        headers.iter().zip(columns).map(field).collect::<Result<_, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder("table").with_fields(fields).build()?))
}
