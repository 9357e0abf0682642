import {
  isOrder,
  parseInputs,
  parseNumber,
  parsePlaces,
  parseShape
} from '../said';

describe('what a learner says', () => {
  it.each([
    ['3', '3'],
    [' -0.5 ', '-0.5'],
    ['−2', '-2'],
    ['.5', '.5'],
    ['1e-3', '1e-3'],
    ['2.', '2.'],
    ['-inf', '-inf'],
    ['nan', 'nan'],
    ['0,5', null],
    ['1/2', '0.5'],
    ['-1 / 8', '-0.125'],
    ['10**-9', '1e-9'],
    ['2 ^ 10', '1024'],
    ['2_000_000', '2000000'],
    ['1/0', null],
    ['-2**2', null],
    ['1/2/3', null],
    ['1/', null],
    ['0x10', null],
    ['two', null],
    ['', null],
    ['1 2', null]
  ])('as a number: %p is %p', (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });

  it.each([
    ['(3, 4)', '(3, 4)'],
    ['3,4', '(3, 4)'],
    ['[2, 3, 4]', '(2, 3, 4)'],
    [' ( 03 ,4) ', '(3, 4)'],
    ['(5,)', '(5,)'],
    ['5', '(5,)'],
    ['(0, 3)', '(0, 3)'],
    ['()', '()'],
    ['', null],
    [' ', null],
    ['(3, )4', null],
    ['(3,, 4)', null],
    ['(,)', null],
    ['(-1, 2)', null],
    ['3 4', null],
    ['(3, 4', null],
    ['n', null]
  ])('as a shape: %p is %p', (text, shape) => {
    expect(parseShape(text)).toBe(shape);
  });

  it('as places, as JSON or as a bare list', () => {
    expect(parsePlaces('[2, 0, 1]')).toEqual([2, 0, 1]);
    expect(parsePlaces('2,0')).toEqual([2, 0]);
    expect(parsePlaces('[]')).toBeNull();
    expect(parsePlaces('two')).toBeNull();
  });

  it('as a value for each input', () => {
    expect(parseInputs('{"x": "[1, 2]", "n": 3}')).toEqual({
      x: '[1, 2]',
      n: '3'
    });
    expect(parseInputs('[1]')).toBeNull();
    expect(parseInputs('x=1')).toBeNull();
  });

  it('as an order, only with every place once', () => {
    expect(isOrder([1, 0, 2], 3)).toBe(true);
    expect(isOrder([1, 1, 2], 3)).toBe(false);
    expect(isOrder([1, 0], 3)).toBe(false);
    expect(isOrder([1, 3, 2], 3)).toBe(false);
    expect(isOrder(null, 0)).toBe(false);
  });
});
