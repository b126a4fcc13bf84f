package org.chorale.document.service;

import java.util.Optional;
import org.chorale.conflict.ConflictRecord;
import org.chorale.value.Value;

/**
 * A conflict as people see it: the record beside what the register holds now.
 *
 * @param current nothing where the register is not there
 * @param userId  whose the present value is; nothing where nobody wrote it
 */
public record ConflictState(ConflictRecord record, Optional<Value> current, Optional<String> userId) {}
