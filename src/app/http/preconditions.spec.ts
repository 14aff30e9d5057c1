import { apiEvent } from '../../../test/support/api-event';
import { versionConditionOf } from './preconditions';

/** 0: the aggregate does not exist. */
const VERSIONS = [0, 1, 2, 3];

describe('versionConditionOf', () => {
  it.each<[Record<string, string>, number[]]>([
    [{ 'If-Match': '"2"' }, [2]],
    [{ 'If-Match': '"2", "3"' }, [2, 3]],
    [{ 'If-Match': 'W/"2"' }, []],
    [{ 'If-Match': '"another"' }, []],
    [{ 'If-Match': '*' }, [1, 2, 3]],
    [{ 'If-None-Match': '*' }, [0]],
    [{ 'If-None-Match': '"2"' }, [0, 1, 3]],
    [{ 'If-None-Match': 'W/"2", "3"' }, [0, 1]],
    [{ 'If-None-Match': '"another"' }, [0, 1, 2, 3]],
    [{ 'If-Match': '"2", "3"', 'If-None-Match': '"3"' }, [2]],
    [{ 'If-Match': '*', 'If-None-Match': '*' }, []],
  ])('given %j, then the versions %j meet it', (headers, versions) => {
    const condition = versionConditionOf(apiEvent({ headers }))!;

    expect(VERSIONS.filter((version) => condition.isMet(version))).toEqual(versions);
  });

  it('given neither header, then asks nothing', () => {
    expect(versionConditionOf(apiEvent())).toBeUndefined();
  });
});
